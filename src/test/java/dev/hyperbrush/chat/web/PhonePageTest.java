package dev.hyperbrush.chat.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.openqa.selenium.WebElement;

/** The page on phones. */
@Tag("browser")
final class PhonePageTest {
  /** Longer than any line, and nowhere to break it. */
  private static final String LONG_WORD = "Donaudampfschiff".repeat(5);

  @ParameterizedTest
  @ValueSource(ints = {320, 375})
  void everythingFits(int width, @TempDir Path data, @TempDir Path profile) {
    try (OpenPage page = new OpenPage(data);
        Browser browser = Browser.start(profile, width, 667)) {
      browser.open(page.url());
      fits(browser, width);
      browser.visible("#settings summary").click();
      fits(browser, width);

      browser
          .visible("#prompt")
          .sendKeys("a red circle " + LONG_WORD + " --count 2 --no " + LONG_WORD);
      browser.visible("#draw").click();
      browser.awaitCount(".work[data-state=done] .picture", 2);
      fits(browser, width);

      browser.scrollTo(".work .picture").click();
      browser.awaitText("#lightbox-prompt", "a red circle");
      fits(browser, width);
      WebElement close = browser.visible("#lightbox-close");
      int right = close.getRect().x + close.getRect().width;
      assertThat(width - right).as("distance of the button from the edge").isGreaterThan(4);
      close.click();
      browser.visible("#help").click();
      browser.awaitText("#help-content", "--steps");
      fits(browser, width);

      browser.open(page.url());
      browser.awaitCount(".tile", 2);
      fits(browser, width);
    }
  }

  private static void fits(Browser browser, int width) {
    fits(browser, "", width);
  }

  /** Nothing that can be seen reaches over the right edge. */
  static void fits(Browser browser, String view, int width) {
    Object outside =
        browser.run(
            """
            return [...document.querySelectorAll("body, body *")]
              .filter((each) => each.checkVisibility() && !each.closest(".hidden, .skip, .icon"))
              .filter((each) => each.getBoundingClientRect().right > arguments[0] + 0.5)
              .map((each) => `${each.tagName} ${each.id} ${each.className}`)
              .join(", ")\
            """,
            width);
    assertThat(outside).as(view).isEqualTo("");
  }
}
