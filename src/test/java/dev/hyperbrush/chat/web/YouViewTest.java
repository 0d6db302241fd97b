package dev.hyperbrush.chat.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hyperbrush.chat.Texts;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.openqa.selenium.Keys;
import org.openqa.selenium.WebElement;

/** What concerns oneself. */
final class YouViewTest extends BrowserTest {
  private static final String STEPS = ".settings-form [id$=-steps]";

  @Test
  void ownDefaultsAreSetAndTakenBack() {
    open("you");
    browser.awaitText(".settings-form .holds", "small");

    fill(STEPS, "3" + Keys.ENTER);
    browser.awaitText(".settings-editor .thing-title", "steps");

    assertThat(page.draw("a red circle").path("steps").asInt()).isEqualTo(3);
    browser.reload();
    browser.awaitText(".row:has([id$=-steps]) .holds", "3");
    assertThat(value(STEPS)).isEqualTo("3");
    fill(STEPS, "" + Keys.ENTER);
    browser.awaitText(".row:has([id$=-steps]) .holds", "the model");
    assertThat(page.draw("a red circle").path("steps").asInt()).isNotEqualTo(3);
  }

  @Test
  void aChangeIsTakenBackWhereItWasMade() {
    page.form("defaults me", Map.of("steps", "3"));
    open("you");
    browser.awaitText(".row:has([id$=-steps]) .holds", "3");

    fill(STEPS, "5" + Keys.ENTER);
    browser.visible(".settings-editor .action.undo").click();

    browser.awaitText(".row:has([id$=-steps]) .holds", "3");
    assertThat(value(STEPS)).isEqualTo("3");
  }

  @Test
  void aRefusedValueStaysInItsField() {
    open("you");
    browser.awaitText(".settings-form .holds", "small");

    fill(".settings-form [id$=-size]", "huge" + Keys.ENTER);

    browser.awaitText(".settings-editor .refused", "huge");
    assertThat(value(".settings-form [id$=-size]")).isEqualTo("huge");
  }

  @Test
  void theLanguageThatIsChosenIsThatOfThePage() {
    open("you");

    browser.visible(".action.language");
    browser.all(".action.language").get(Texts.LANGUAGES.indexOf(Locale.GERMAN)).click();

    browser.awaitText(".nav", "Verlauf");
    browser.awaitReady();
    assertThat(browser.run("return document.documentElement.lang")).isEqualTo("de");
    assertThat(browser.visible(".view[data-view=you] h1").getText()).isEqualTo("Du");
  }

  @Test
  void howManyWaitIsTold() {
    page.painter().holdBack();
    page.form("imagine", Map.of("prompt", "a red circle"));
    page.form("imagine", Map.of("prompt", "a green circle"));
    open("you");

    browser.awaitText(".listed .thing-facts", "2");
    page.painter().letGo();
  }

  @Test
  void aCodeJoinsAndAWrongOneIsRefused() {
    open("you");

    browser.visible(".action.link").click();
    browser.awaitText(".panel .answer", "/link ");
    browser.scrollTo(".folded summary").click();
    fill(".folded[open] textarea", "nonsense" + Keys.ENTER);

    browser.awaitText(".folded .answer.refused", "nonsense");
  }

  @Test
  void everythingIsHandedOutAndErasedOnlyWhenAskedTwice() {
    page.draw("a red circle");
    open("you");

    browser.scrollTo(".panel .action.download").click();
    WebElement file = browser.visible(".answer a[href^='/api/downloads/']");
    String zip = String.valueOf(file.getDomProperty("href"));
    assertThat(page.get(zip).headers().firstValue("Content-Type").orElse("")).contains("zip");
    browser.scrollTo(".panel .action.delete").click();
    browser.visible(".answer .action.forget-me");
    assertThat(page.get("/api/jobs/1").statusCode()).isEqualTo(200);
    browser.scrollTo(".answer .action.forget-me").click();

    browser.gone(".answer .action.forget-me");
    assertThat(page.get("/api/jobs/1").statusCode()).isEqualTo(404);
  }
}
