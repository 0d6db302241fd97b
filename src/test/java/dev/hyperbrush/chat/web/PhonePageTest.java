package dev.hyperbrush.chat.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The page on a phone of 375 pixels. */
@Tag("browser")
final class PhonePageTest {
  private static final int WIDTH = 375;

  @Test
  void everythingFits(@TempDir Path data, @TempDir Path profile) {
    try (OpenPage page = new OpenPage(data);
        Browser browser = Browser.start(profile, WIDTH, 667)) {
      browser.open(page.url());
      fits(browser);
      browser.visible("#settings summary").click();
      fits(browser);

      browser.visible("#prompt").sendKeys("a red circle on a blue background --count 2");
      browser.visible("#draw").click();
      browser.awaitCount(".work[data-state=done] .picture", 2);
      fits(browser);

      browser.visible(".work .picture").click();
      browser.awaitText("#lightbox-prompt", "a red circle");
      fits(browser);
      browser.visible("#lightbox-close").click();
      browser.visible("#help").click();
      browser.awaitText("#help-content", "--steps");
      fits(browser);

      browser.open(page.url());
      browser.awaitCount(".tile", 2);
      fits(browser);
    }
  }

  /** Nothing that can be seen reaches over the right edge. */
  private static void fits(Browser browser) {
    Object outside =
        browser.run(
            """
            return [...document.querySelectorAll("body, body *")]
              .filter((each) => each.checkVisibility() && !each.closest(".hidden, .skip, .icon"))
              .filter((each) => each.getBoundingClientRect().right > arguments[0] + 0.5)
              .map((each) => `${each.tagName} ${each.id} ${each.className}`)
              .join(", ")\
            """,
            WIDTH);
    assertThat(outside).isEqualTo("");
  }
}
