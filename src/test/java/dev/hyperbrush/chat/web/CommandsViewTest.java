package dev.hyperbrush.chat.web;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.openqa.selenium.By;
import org.openqa.selenium.Keys;
import org.openqa.selenium.WebElement;

/** Every verb can be used by mouse, through a form that its declaration makes. */
final class CommandsViewTest extends BrowserTest {
  @Test
  void everyVerbHasAForm() {
    open("commands");
    int verbs = page.json("/api/verbs").size();

    browser.awaitCount(".verbs a", verbs);
    for (int at = 0; at < verbs; at++) {
      WebElement link = browser.all(".verbs a").get(at);
      String name = link.findElement(By.cssSelector("code")).getText();
      link.click();
      browser.awaitText(".view:not([hidden]) h1", name);
      browser.visible(".verb-form .send");
      browser.driver().navigate().back();
      browser.awaitCount(".verbs a", verbs);
    }
  }

  @Test
  void aFormAsksForWhatAVerbTakes() {
    open("commands/imagine");

    fill(".verb-form textarea", "a green circle --not a flag");
    fill(".verb-form [title='--steps'] + input", "3");
    browser.visible(".verb-form .send").click();

    browser.awaitText(".work[data-state=done] .prompt", "a green circle --not a flag");
    assertThat(browser.visible(".work .facts").getText()).contains("3 steps");
    assertThat(browser.driver().getCurrentUrl()).endsWith("#/");
  }

  @Test
  void aRefusalIsASentenceAndTheFormStays() {
    open("commands/show");

    fill(".verb-form textarea", "12345" + Keys.ENTER);

    browser.awaitText(".answer.refused", "12345");
    assertThat(value(".verb-form textarea")).isEqualTo("12345");
  }

  @Test
  void theHelpLeadsToForms() {
    open("");
    browser.visible("#help").click();

    browser.visible("#help-content a[href='#/commands/history']").click();

    browser.gone("#help-sheet");
    browser.awaitText(".view:not([hidden]) h1", "/history");
  }
}
