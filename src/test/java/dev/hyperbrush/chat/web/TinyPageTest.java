package dev.hyperbrush.chat.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hyperbrush.app.BotProcess;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.Keys;
import org.openqa.selenium.WebElement;

/** The whole program as a person meets it: a real browser, the real model. */
@Tag("browser")
final class TinyPageTest {
  @Test
  void theSentenceBecomesItsPicture(@TempDir Path data, @TempDir Path profile) throws Exception {
    try (Browser browser = Browser.start(profile, 1200, 900);
        BotProcess bot = BotProcess.serve(data)) {
      browser.open(bot.url());
      WebElement prompt = browser.visible("#prompt");
      prompt.sendKeys("a red circle on a blue background --seed 7" + Keys.ENTER);

      WebElement picture = browser.visible(".work[data-state=done] .picture img");
      browser.awaitLoaded(picture);

      assertThat(Browser.isRed(Browser.pixel(picture, 0.5, 0.5))).as("red in the middle").isTrue();
      assertThat(Browser.pixel(picture, 0.05, 0.05).getBlue()).as("blue around").isGreaterThan(150);
    }
  }
}
