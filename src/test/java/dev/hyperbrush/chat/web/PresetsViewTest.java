package dev.hyperbrush.chat.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.openqa.selenium.By;
import org.openqa.selenium.Keys;
import org.openqa.selenium.WebElement;

/** Presets are saved, used, changed and deleted by mouse. */
final class PresetsViewTest extends BrowserTest {
  private static final String PRESET = ".view[data-view=presets] .thing";

  @Test
  void whatStandsInThePromptBoxBecomesAPreset() {
    open("");
    fill("#prompt", "a red circle --steps 3 --no \"green, blue\"");
    browser.visible("#save-preset").click();

    assertThat(value(field("text"))).isEqualTo("a red circle");
    assertThat(value(field("steps"))).isEqualTo("3");
    assertThat(value(field("no"))).isEqualTo("green, blue");
    fill(".verb-form textarea", "moody");
    browser.scrollTo(".verb-form .send").click();

    browser.awaitText(PRESET, "moody");
    browser.visible(PRESET + " .action.use").click();
    assertThat(value("#prompt")).endsWith("--preset moody ");
    browser.visible("#control-preset");
    browser.visible("#prompt").sendKeys(Keys.ENTER);
    browser.awaitText(".work[data-state=done] .facts", "3 steps");
  }

  @Test
  void aPresetIsChangedRenamedAndDeleted() {
    page.form("preset save", Map.of("preset", "moody", "steps", "3", "seed", "5"));
    open("presets");

    browser.visible(PRESET + " .action.edit").click();
    assertThat(value(field("seed"))).isEqualTo("5");
    WebElement steps = browser.visible(field("steps"));
    steps.clear();
    steps.sendKeys("6" + Keys.ENTER);
    browser.awaitText(PRESET + " .thing-facts", "6");
    browser.visible(PRESET + " .action.rename").click();
    WebElement name = browser.visible(PRESET + " .in-place input");
    name.clear();
    name.sendKeys("gloomy" + Keys.ENTER);
    browser.awaitText(PRESET + " .thing-title", "gloomy");
    browser.visible(PRESET + " .action.delete").click();
    browser.visible(PRESET + " .danger").click();

    browser.awaitCount(PRESET, 0);
    browser.awaitText(".view[data-view=presets] .answer", "gloomy");
  }

  @Test
  void wordsOfAPresetStayText() {
    String evil = "<img src=x onerror=\"document.title='owned'\">";
    page.form("preset save", Map.of("preset", "evil", "text", evil));
    open("presets");

    browser.awaitText(PRESET, evil);
    browser.visible(PRESET + " .action.edit").click();
    assertThat(value(field("text"))).isEqualTo(evil);
    assertThat(browser.driver().findElements(By.cssSelector("img[src=x]"))).isEmpty();
  }

  @Test
  void aRefusedPresetIsExplainedWhereItWasTyped() {
    open("presets");
    browser.visible(".folded summary").click();

    fill(".verb-form textarea", "sp#ce");
    browser.scrollTo(".verb-form .send").click();

    browser.awaitText(".folded .answer.refused", "letters");
  }

  @Test
  void thePictureLeadsToAPresetOfItsSettings() {
    page.draw("a red circle --steps 3");
    open("picture/1");

    browser.scrollTo(".full a.quiet").click();

    assertThat(value(field("from"))).isEqualTo("1");
    fill(".verb-form textarea", "likethis" + Keys.ENTER);
    browser.awaitText(PRESET, "likethis");
    assertThat(browser.visible(PRESET).getText()).contains("steps");
  }

  private static String field(String option) {
    return ".verb-form [title='--" + option + "'] + input";
  }
}
