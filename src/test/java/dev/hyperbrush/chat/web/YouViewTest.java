package dev.hyperbrush.chat.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.openqa.selenium.Keys;

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
}
