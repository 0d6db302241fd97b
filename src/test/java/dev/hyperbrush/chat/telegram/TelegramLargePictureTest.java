package dev.hyperbrush.chat.telegram;

import static dev.hyperbrush.chat.telegram.TelegramStage.draw;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hyperbrush.chat.ChatWorld;
import dev.hyperbrush.faketelegram.SeenMessage;
import dev.hyperbrush.generation.Cancellation;
import dev.hyperbrush.generation.GenerationRequest;
import dev.hyperbrush.generation.GenerationResult;
import dev.hyperbrush.generation.ImageGenerator;
import dev.hyperbrush.generation.ProgressListener;
import dev.hyperbrush.generation.RgbImage;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A picture whose file is larger than Telegram takes as a photo is shown all the same. */
final class TelegramLargePictureTest {
  /** As PNG, noise of this size has 12 MB. */
  private static final int SIDE = 2000;

  @TempDir private Path data;

  @Test
  void shrinksWhatIsTooLargeForAPhoto() {
    try (TelegramStage stage =
        new TelegramStage(
            data,
            ChatWorld.allowing(100),
            Optional.<ImageGenerator>of(TelegramLargePictureTest::noise),
            Duration.ZERO)) {
      SeenMessage picture = draw(stage.telegram.person("Ann"), "a fox");
      assertThat(picture.photo().orElseThrow().width()).isEqualTo(1280);
      assertThat(picture.button("again")).isPresent();
    }
  }

  private static GenerationResult noise(
      GenerationRequest request, ProgressListener listener, Cancellation cancellation) {
    byte[] rgb = new byte[SIDE * SIDE * 3];
    new Random(1).nextBytes(rgb);
    return new GenerationResult(List.of(new RgbImage(SIDE, SIDE, rgb)), List.of());
  }
}
