package dev.hyperbrush.chat.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import org.junit.jupiter.api.Test;
import org.openqa.selenium.Keys;

/** What ended without a picture stays on the page until the person has taken note of it. */
final class EndedViewTest extends BrowserTest {
  private static final String RED = "a red circle on a blue background";

  @Test
  void aFailureOutlivesAReloadUntilItIsDismissed() {
    browser.open(page.url());
    browser.visible("#prompt").sendKeys("an unlucky circle" + Keys.ENTER);
    browser.awaitText(".work[data-state=failed] .state", "it was unlucky");
    assertThat(browser.all("#ended li")).as("the stage says it").isEmpty();

    browser.reload();

    browser.awaitText("#ended li .state", "it was unlucky");
    browser.awaitText("#ended li .state", "DRAWING_FAILED");
    browser.visible("#ended .dismiss").click();
    browser.gone("#ended");
    await().until(() -> page.json("/api/ended").isEmpty());
    browser.reload();
    browser.visible("#welcome");
    assertThat(browser.all("#ended li")).isEmpty();
  }

  @Test
  void whatEndedWhileThePageWasClosedIsSaid() {
    page.painter().holdBack();
    page.post("/api/command", "{\"line\":\"" + RED + "\"}");
    page.post("/api/command", "{\"line\":\"an unlucky circle\"}");
    await().until(() -> page.queue().cancelForOther(1));
    await().until(() -> page.json("/api/ended").size() == 2);

    browser.open(page.url());

    browser.awaitCount("#ended li", 2);
    assertThat(browser.all("#ended li .prompt").getFirst().getText())
        .isEqualTo("an unlucky circle");
    browser.all("#ended .use").getLast().click();
    assertThat(value("#prompt")).startsWith(RED);
    browser.visible("#ended-all").click();
    browser.gone("#ended");
    await().until(() -> page.json("/api/ended").isEmpty());
  }

  @Test
  void theOneBeforeTheLastIsListedWhereItWasOnTheStage() {
    browser.open(page.url());
    browser.visible("#prompt").sendKeys("an unlucky circle" + Keys.ENTER);
    browser.awaitText(".work[data-state=failed] .state", "it was unlucky");
    browser.visible("#prompt").clear();

    browser.visible("#prompt").sendKeys(RED + Keys.ENTER);

    browser.awaitText(".work[data-state=done] .prompt", RED);
    browser.awaitText("#ended li .prompt", "an unlucky circle");
  }
}
