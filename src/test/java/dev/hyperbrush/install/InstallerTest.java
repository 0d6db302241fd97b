package dev.hyperbrush.install;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hyperbrush.generation.ReasonCode;
import dev.hyperbrush.generation.Refusal;
import dev.hyperbrush.pipeline.CatalogueFile.Part;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is looked at before anything is fetched. */
final class InstallerTest {
  private static final Part PART =
      new Part(
          "models/x.safetensors",
          URI.create("a/b"),
          Optional.empty(),
          OptionalLong.of(1_000),
          OptionalLong.empty());

  @TempDir private Path data;
  private long free;

  @Test
  void whatHasArrivedNeedsNoRoomOnceMore() throws Exception {
    free = Room.MARGIN + 100;
    try (Installer installer = installer("")) {
      assertThatThrownBy(() -> installer.requireRoom(List.of(PART)))
          .extracting(e -> ((Refusal) e).code())
          .isEqualTo(ReasonCode.DOWNLOAD_NO_ROOM);

      Files.createDirectories(data.resolve("models"));
      Files.writeString(
          data.resolve("models/x.safetensors.part.json"),
          "{\"segments\": [[0, 500, 500], [500, 1000, 900]]}");
      assertThatCode(() -> installer.requireRoom(List.of(PART))).doesNotThrowAnyException();

      free--;
      assertThatThrownBy(() -> installer.requireRoom(List.of(PART))).isInstanceOf(Refusal.class);
    }
  }

  @Test
  void whatIsNoTokenIsRefusedWithoutShowingIt() {
    assertThatThrownBy(() -> installer("hf_sec ret"))
        .hasMessageContaining("HYPERBRUSH_HF_TOKEN")
        .hasMessageNotContaining("sec")
        .extracting(e -> ((Refusal) e).code())
        .isEqualTo(ReasonCode.DOWNLOAD_TOKEN_BAD);

    installer("hf_secret\n").close(); // nor does the refusal keep the data folder locked
  }

  @Test
  void aDamagedListOfDownloadsIsNamedWithTheRemedy() throws Exception {
    Files.writeString(data.resolve("downloads.json"), "{\"files\": ");

    assertThatThrownBy(() -> new Inspection(data))
        .hasMessageContaining("downloads.json is damaged. Delete it")
        .extracting(e -> ((Refusal) e).code())
        .isEqualTo(ReasonCode.DOWNLOADS_DAMAGED);
  }

  private Installer installer(String token) {
    return new Installer(
        data,
        new DownloadSettings(
            URI.create("http://127.0.0.1:1/"), Optional.empty(), 1, Duration.ofSeconds(1)),
        new Installer.World(
            new Waits(_ -> {}, new Random(1)),
            new Room(_ -> free),
            () -> Instant.EPOCH,
            Map.of("HYPERBRUSH_HF_TOKEN", token)));
  }
}
