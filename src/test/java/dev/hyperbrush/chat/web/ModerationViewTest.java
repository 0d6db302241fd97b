package dev.hyperbrush.chat.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.openqa.selenium.Keys;

/** What moderators see and do. */
final class ModerationViewTest extends BrowserTest {
  @Test
  void settingsAreEditedForTheScopeThatIsChosen() {
    open("moderation");
    browser.awaitText(".settings-form .holds", "small");
    browser.visible("#scope-kind").sendKeys("Role");
    fill("#scope-server", "discord:42");
    fill("#scope-id", "7" + Keys.ENTER);
    browser.awaitCount(".settings-form [id$=-weight]", 1);
    assertThat(browser.driver().getCurrentUrl())
        .endsWith("#/moderation/settings?server=discord%3A42&role=7");

    fill(".settings-form [id$=-weight]", "2" + Keys.ENTER);

    browser.awaitText(".settings-editor .thing-title", "role 7");
    browser.reload();
    browser.awaitText(".settings-form legend", "allowed");
    assertThat(browser.visible("#scope-id").getDomProperty("value")).isEqualTo("7");
    assertThat(value(".settings-form [id$=-weight]")).isEqualTo("2");
  }

  @Test
  void aChangeIsUndoneAndThatIsAChangeToo() {
    page.form("defaults set", Map.of("max-steps", "9", "everywhere", "on"));
    open("moderation/changes");
    browser.awaitText(".thing-title", "max-steps");

    browser.visible(".thing .action.undo").click();

    browser.awaitCount(".thing", 2);
    browser.awaitText(".panel > .answer", "undone");
    assertThat(page.form("defaults show", Map.of("everywhere", "on")).path("cards")).isEmpty();
  }

  @Test
  void aRuleIsAddedTriedAndRemovedAndWhatItHoldsIsLetIn() {
    open("moderation/rules");
    browser.visible(".folded summary").click();
    fill("[id$=-word]", "grotty" + Keys.ENTER);
    browser.awaitText(".listed .thing", "grotty");

    fill("#tester", "a grotty cat");
    browser.awaitText(".answer-text", "It would be refused");
    browser.visible(".listed .action.remove").click();
    browser.visible(".listed .action.danger").click();
    browser.awaitText(".answer-text", "No rule fires");
    browser.awaitCount(".listed .thing", 0);

    page.form("policy add", Map.of("word", "red", "action", "hold"));
    page.form("imagine", Map.of("prompt", "a red circle"));
    open("moderation/review");
    browser.awaitText(".listed .thing", "a red circle");
    browser.visible(".listed .action.approve").click();
    browser.awaitText(".panel > .answer", "in the queue now");
    browser.awaitCount(".listed .thing", 0);
  }

  @Test
  void whoWaitsIsSeenAsTheQueueMoves() {
    page.painter().holdBack();
    open("moderation/queue");
    browser.visible(".people .note");

    page.submitForSomebodyElse("a green circle");
    page.form("imagine", Map.of("prompt", "a red circle"));

    browser.awaitCount(".people tbody tr", 2);
    browser.awaitText(".people", "Somebody else");
    browser.awaitText(".people td:last-child", "50%");
    page.painter().letGo();
    browser.awaitCount(".people tbody tr", 0);
  }

  @Test
  void theQueueIsPausedAndGoesOn() {
    open("moderation/queue");

    browser.visible(".action.pause").click();
    browser.visible(".action.resume");
    page.form("imagine", Map.of("prompt", "a red circle"));
    browser.awaitCount(".people tbody tr", 1);
    browser.visible(".action.resume").click();

    browser.visible(".action.pause");
    browser.awaitCount(".people tbody tr", 0);
  }
}
