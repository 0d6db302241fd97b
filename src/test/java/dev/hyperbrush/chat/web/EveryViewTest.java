package dev.hyperbrush.chat.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.Keys;

/** What holds for every view: it can be reached and left by keys, and fits a phone. */
final class EveryViewTest extends BrowserTest {
  private static final List<String> VIEWS =
      List.of(
          "",
          "history",
          "picture/2",
          "presets",
          "presets?line=a%20circle",
          "you",
          "moderation",
          "moderation/settings?server=discord%3A42&role=7",
          "moderation/rules",
          "moderation/review",
          "moderation/bans",
          "moderation/changes",
          "moderation/audit",
          "moderation/queue",
          "commands",
          "commands/imagine");

  @Test
  void everyControlIsReachedByTabbing() {
    fillIn();
    for (String view : VIEWS) {
      open(view);
      awaitAnswers(browser, view);
      Object controls =
          browser.run(
              """
              const all = [...document.querySelectorAll("a, button, input, select, textarea, summary")]
                .filter((each) => each.checkVisibility() && !each.disabled);
              all.forEach((each) => (each.dataset.wanted = "yes"));
              document.addEventListener("focusin", (event) => delete event.target.dataset.wanted);
              document.activeElement.blur();
              scrollTo(0, 0);
              return all.length;
              """);
      String tabs =
          Keys.TAB.toString().repeat(4 * ((Number) controls).intValue()); // dates have stops
      browser.driver().switchTo().activeElement().sendKeys(tabs);
      assertThat(
              browser.run(
                  "return [...document.querySelectorAll('[data-wanted]')]"
                      + ".map((each) => each.outerHTML).join()"))
          .as("not reached in %s", view)
          .isEqualTo("");
    }
  }

  @Test
  void everyControlHasAName() {
    fillIn();
    for (String view : VIEWS) {
      open(view);
      awaitAnswers(browser, view);
      assertThat(
              browser.run(
                  """
                  return [...document.querySelectorAll("a, button, input, select, textarea")]
                    .filter((each) => each.checkVisibility())
                    .filter((each) => !each.textContent.trim() && !each.ariaLabel
                      && !each.labels?.length && !each.querySelector("img[alt]:not([alt=''])"))
                    .map((each) => each.outerHTML).join()
                  """))
          .as("without a name in %s", view)
          .isEqualTo("");
    }
  }

  @Test
  void nothingReachesOverTheEdgeOfAPhone(@TempDir Path profile) {
    fillIn();
    for (int width : new int[] {320, 390}) {
      try (Browser phone = Browser.start(profile.resolve("p" + width), width, 844)) {
        for (String view : VIEWS) {
          phone.driver().get("about:blank");
          phone.open(page.url() + "#/" + view);
          awaitAnswers(phone, view);
          PhonePageTest.fits(phone, view, width);
        }
      }
    }
  }

  private void fillIn() {
    page.draw("a red circle " + "Donaudampfschiff".repeat(8) + " --seed 7");
    page.draw("/vary 1");
    page.form("preset save", Map.of("preset", "x".repeat(40), "text", "y".repeat(200)));
    page.form("defaults me", Map.of("prefix", "z".repeat(200)));
  }

  /** Until what the view lists has come. */
  private static void awaitAnswers(Browser browser, String view) {
    String name = view.isEmpty() ? "draw" : view.split("[/?]", 2)[0];
    browser.visible(
        ".view[data-view=%s] :is(.thing, .tile, .full, .holds, .verb-form, .answer-text, legend, li)"
            .formatted(name));
  }
}
