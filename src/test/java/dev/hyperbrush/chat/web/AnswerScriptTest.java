package dev.hyperbrush.chat.web;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Answers of verbs are shown whatever the verb: cards, facts, buttons. */
final class AnswerScriptTest extends BrowserTest {
  private static final String EVIL = "<img src=x onerror=\"document.title='owned'\">";

  @BeforeEach
  void openView() {
    open("commands/models");
    browser.visible(".verb-form");
  }

  @Test
  void cardsShowTitleFactsAndButtons() {
    show(
        """
        {text: "Two things:\\nOne\\nOther", notices: ["Mind the gap."], jobs: [], buttons: [],
         cards: [
           {title: "One", fields: [{name: "Steps", value: "4"}, {name: "Model", value: "tiny"}],
            buttons: [{verb: "help", label: "Explain", action: "models:1:0"}]},
           {title: "Other", fields: [], buttons: []}]}\
        """);

    assertThat(browser.visible(".answer-text").getText()).isEqualTo("Two things:");
    assertThat(browser.visible(".notices").getText()).isEqualTo("Mind the gap.");
    assertThat(browser.all(".thing")).hasSize(2);
    assertThat(browser.visible(".thing").getText())
        .contains("One", "Steps", "4", "Model", "tiny", "Explain");
  }

  @Test
  void whatIsInCardsIsTextAndNeverMarkup() {
    show(
        """
        {text: evil, notices: [evil], jobs: [],
         buttons: [{verb: evil, label: evil, action: evil}],
         cards: [{title: evil, fields: [{name: evil, value: evil}],
                  buttons: [{verb: evil, label: evil, action: evil}]}]}\
        """);

    assertThat(browser.visible(".thing-title").getText()).isEqualTo(EVIL);
    assertThat(browser.visible(".thing-facts dd").getText()).isEqualTo(EVIL);
    assertThat(browser.all("img[src=x]")).isEmpty();
    assertThat(browser.driver().getTitle()).doesNotContain("owned");
  }

  @Test
  void aButtonAnswersInTheSamePlace() {
    page.draw("a red circle");
    show(
        """
        {text: "Ask", notices: [], jobs: [], cards: [],
         buttons: [{verb: "show", label: "Show it", action: "show:1:0"}]}\
        """);

    browser.visible(".answer .action.show").click();

    browser.awaitText(".answer-text", "a red circle");
    browser.visible(".answer .thumbnail").click();
    browser.awaitText(".full .prompt", "a red circle");
  }

  @Test
  void aRefusedButtonIsASentence() {
    show(
        """
        {text: "Ask", notices: [], jobs: [], cards: [],
         buttons: [{verb: "show", label: "Show it", action: "show:77:0"}]}\
        """);

    browser.visible(".answer .action.show").click();

    browser.awaitText(".answer.refused", "77");
    assertThat(browser.visible(".answer .code").getText()).isEqualTo("JOB_UNKNOWN");
  }

  @Test
  void whatIsGoneForGoodIsAskedOnceMore() {
    page.draw("a red circle");
    show(
        """
        {text: "Ask", notices: [], jobs: [], cards: [],
         buttons: [{verb: "delete", label: "Delete it", action: "delete:1:0"}]}\
        """);

    browser.visible(".answer .action.delete").click();
    assertThat(focused()).isEqualTo("Keep");
    assertThat(page.get("/api/jobs/1").statusCode()).isEqualTo(200);
    browser.visible(".answer .danger").click();

    browser.gone(".answer .confirm");
    assertThat(page.get("/api/jobs/1").statusCode()).isEqualTo(404);
  }

  private static void show(String reply) {
    browser.run(
        """
        const { answerPlace } = await import("/answer.js");
        const place = answerPlace();
        document.querySelector(".panel").append(place.element);
        const evil = arguments[0];
        place.show(%s);
        """
            .formatted(reply),
        EVIL);
  }
}
