package dev.hyperbrush.chat.web;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.openqa.selenium.Keys;
import org.openqa.selenium.WebElement;

/** The history, and all about one picture, at addresses of their own. */
final class HistoryViewTest extends BrowserTest {
  private static final String TILE = ".view[data-view=history] .tile";
  private static final String RED = "a red circle on a blue background";
  private static final String GREEN = "a green circle on a yellow background";

  @Test
  void allPagesComeOneAfterTheOther() {
    for (int i = 0; i < 23; i++) {
      page.draw("circle " + i + " --steps 1");
    }
    open("history");

    browser.awaitCount(TILE, 23);
    assertThat(browser.all(TILE).getFirst().getText()).isEqualTo("circle 22");
    assertThat(browser.all(TILE).getLast().getText()).isEqualTo("circle 0");
    browser.gone(".view[data-view=history] .more");
  }

  @Test
  void aSearchIsAnAddressThatOutlivesAReload() {
    page.draw(RED);
    page.draw(GREEN);
    open("history");
    browser.awaitCount(TILE, 2);

    browser.visible(".filters [type=search]").sendKeys("green");

    browser.awaitCount(TILE, 1);
    browser.reload();
    browser.awaitCount(TILE, 1);
    assertThat(value(".filters [type=search]")).isEqualTo("green");
    assertThat(browser.visible(TILE).getText()).isEqualTo(GREEN);
  }

  @Test
  void aPictureHasAnAddressAndBackLeadsWhereOneWas() {
    page.draw(RED);
    page.draw(GREEN);
    open("history");
    browser.awaitCount(TILE, 2);
    browser.all(TILE).getLast().sendKeys(Keys.ENTER);

    browser.awaitText(".full .prompt", RED);
    browser.reload();
    browser.awaitText(".full .fact-list", "/imagine " + RED);
    browser.driver().navigate().back();

    browser.awaitCount(TILE, 2);
    assertThat(browser.visible(".nav [aria-current]").getText()).isEqualTo("History");
  }

  @Test
  void favouritesAreMarkedAndFound() {
    page.draw(RED);
    page.draw(GREEN);
    open("picture/1");

    browser.visible(".full .action.favourite").click();
    browser.awaitText(".full .action.favourite", "No favourite");
    browser.visible(".nav [data-view=history]").click();

    browser.awaitCount(TILE + " .starred", 1);
    browser.visible(".filters [type=checkbox]").click();
    browser.awaitCount(TILE, 1);
    assertThat(browser.visible(TILE).getText()).isEqualTo(RED);
    assertThat(browser.driver().getCurrentUrl()).contains("favourites=on");
  }

  @Test
  void theFamilyIsATreeWithTheSettingsThatChanged() {
    page.draw(RED + " --seed 7");
    page.draw("/vary 1");
    page.draw("/vary 2");
    open("picture/2");

    browser.awaitCount(".family .kin", 3);
    assertThat(browser.visible(".family .self > .kin").getText()).contains("#2", "seed 7 →");
    WebElement child = browser.visible(".family .self li .kin");
    assertThat(child.getText()).contains("#3", RED);
    child.click();
    browser.awaitText(".family .self > .kin", "#3");
    browser.awaitCount(".family .kin", 3);
  }

  @Test
  void drawingAgainLeadsToWhereItIsDrawn() {
    page.draw(RED);
    open("picture/1");

    browser.visible(".full .action.again").click();

    browser.awaitText(".work[data-state=done] .prompt", RED);
    assertThat(browser.visible(".nav [aria-current]").getText()).isEqualTo("Draw");
  }

  @Test
  void aDeletedPictureSaysSo() {
    page.draw(RED);
    open("picture/1");

    browser.visible(".full .action.delete").click();
    browser.visible(".full .danger").click();

    browser.awaitText(".view[data-view=picture] .note", "1");
    open("history");
    browser.visible(".view[data-view=history] .note");
    assertThat(browser.all(TILE)).isEmpty();
  }
}
