package dev.hyperbrush.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.hyperbrush.checkpoint.LoraBase;
import dev.hyperbrush.generation.Phrase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class LoraLibraryTest {
  private static final Path LORA =
      Path.of("src/main/resources/dev/hyperbrush/models/tiny/lora/outline-style.safetensors");

  @TempDir private Path data;
  private LoraLibrary library;
  private Path folder;
  private final List<Phrase> problems = new ArrayList<>();

  @BeforeEach
  void open() throws IOException {
    library = new LoraLibrary(data);
    folder = Files.createDirectories(data.resolve("loras"));
  }

  @Test
  void aLinkThatLeadsInACircleKeepsNoLoraAway() throws IOException {
    put("top.safetensors");
    Files.createDirectories(folder.resolve("sky"));
    Files.createSymbolicLink(folder.resolve("sky/again"), folder);
    assertThat(library.below(folder, any -> true, problems)).containsOnlyKeys("top");
    assertThat(problems).isEmpty();
  }

  @Test
  void namesStayUnique() throws IOException {
    put("top.safetensors");
    put("sky/moody.safetensors");
    put("sea/Moody.safetensors");
    put("sea/deep/only.safetensors");
    assertThat(find().keySet()).containsExactly("only", "sea/Moody", "sky/moody", "top");
    assertThat(problems).isEmpty();
  }

  @Test
  void whatLiesBesideIsRead() throws IOException {
    put("moody.safetensors");
    Files.writeString(
        folder.resolve("moody.json"),
        "{\"activation text\": \"moody sky, clouds\", \"preferred weight\": 0.6, \"sd version\":"
            + " \"SDXL\"}");
    Files.writeString(folder.resolve("moody.txt"), "stormy");
    InstalledLora lora = find("moody");
    assertThat(lora.facts().triggers()).startsWith("stormy", "moody sky", "clouds");
    assertThat(lora.usualWeight()).hasValue(0.6);
    assertThat(lora.facts().base()).contains(LoraBase.SDXL);

    Files.writeString(folder.resolve("moody.json"), "{\"preferred weight\": 99}");
    assertThat(find("moody").usualWeight()).isEmpty();
  }

  @Test
  void aBrokenOneIsNamedAndTheOthersStay() throws IOException {
    put("good.safetensors");
    Files.writeString(folder.resolve("bad.safetensors"), "nothing");
    Files.writeString(folder.resolve("good.json"), "[".repeat(10_000));
    assertThat(find().keySet()).containsExactly("good");
    assertThat(problems).hasSize(1);
    assertThat(problems.getFirst().english()).contains("bad.safetensors");
  }

  @Test
  void aHashIsKnownSoonAndKept() throws Exception {
    put("one.safetensors");
    InstalledLora lora = find("one");
    assertThat(lora.sha256()).isEmpty();
    await().until(() -> lora.sha256().isPresent());
    assertThat(lora.sha256())
        .contains(
            HexFormat.of()
                .formatHex(MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(LORA))));
    library = new LoraLibrary(data);
    InstalledLora later = find("one");
    assertThat(later.sha256()).as("without waiting").isEqualTo(lora.sha256());
  }

  private InstalledLora find(String name) {
    return Optional.ofNullable(find().get(name)).orElseThrow();
  }

  private Map<String, InstalledLora> find() {
    return library.below(folder, any -> true, problems);
  }

  private void put(String name) throws IOException {
    Path file = folder.resolve(name);
    Files.createDirectories(Optional.ofNullable(file.getParent()).orElseThrow());
    Files.copy(LORA, file);
  }
}
