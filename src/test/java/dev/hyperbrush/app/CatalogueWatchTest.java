package dev.hyperbrush.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.hyperbrush.LogLines;
import dev.hyperbrush.TestClock;
import dev.hyperbrush.generation.Phrase;
import dev.hyperbrush.generation.ReasonCode;
import dev.hyperbrush.generation.Refusal;
import dev.hyperbrush.pipeline.InstalledCatalogue;
import dev.hyperbrush.pipeline.ModelCatalogue;
import dev.hyperbrush.pipeline.ModelVariant;
import dev.hyperbrush.policy.Choices;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class CatalogueWatchTest {
  private static final Duration LONG = Duration.ofMinutes(2);

  @TempDir private Path data;
  private final TestClock clock = new TestClock();
  private InstalledCatalogue catalogue;
  private Choices choices;
  private CatalogueWatch watch;

  @BeforeEach
  void open() {
    catalogue = InstalledCatalogue.open(data, Optional.empty(), ModelCatalogue.BUILTIN);
    choices = Choices.of(catalogue);
    watch = new CatalogueWatch(catalogue, data, clock);
    look();
  }

  @Test
  void aModelIsThereWhenItsFilesAreAndGoneWhenTheyAre() throws IOException {
    Choices before = choices.now();
    Path model = copyOfTiny("mine");
    watch.look();
    assertThat(choices.modelIds()).as("still being copied").containsExactly("tiny");
    look();
    assertThat(choices.modelIds()).containsExactly("mine", "tiny");
    assertThat(choices.model("MINE").source().main()).isEqualTo(model);
    assertThat(before.modelIds()).containsExactly("tiny");

    Files.delete(model.resolve("model_index.json"));
    look();
    assertThat(choices.modelIds()).containsExactly("tiny");
    assertThatThrownBy(() -> choices.model("mine")).isInstanceOf(Refusal.class);
  }

  @Test
  void whatCouldNotBeTakenInIsTriedAgain() throws IOException {
    Path yaml = Files.writeString(data.resolve("models.yaml"), "models: {}");
    InstalledCatalogue described =
        InstalledCatalogue.open(data, Optional.of(yaml), ModelCatalogue.BUILTIN);
    watch = new CatalogueWatch(described, data, clock);
    look();
    Files.writeString(yaml, "nonsense: 1");
    copyOfTiny("mine");
    look();
    assertThat(described.get().find("mine")).isEmpty();

    Files.writeString(yaml, "models: {}");
    look();
    assertThat(described.get().find("mine")).isPresent();
  }

  @Test
  void aModelInUseStaysWhileSomethingIsPutBesideIt() throws IOException {
    Path model = copyOfTiny("mine");
    look();
    Files.writeString(model.resolve("notes.txt"), "being written");
    watch.look();
    Files.writeString(data.resolve("models/other.txt"), "so that all is looked at again");
    clock.advance(Duration.ofSeconds(3));
    Files.writeString(model.resolve("notes.txt"), "still being written");
    watch.look();
    assertThat(choices.modelIds()).containsExactly("mine", "tiny");
  }

  @Test
  void aLoraIsThereWhenItsFileIs() throws IOException {
    Files.createDirectories(data.resolve("loras"));
    Files.copy(
        data.resolve("models/tiny/lora/outline-style.safetensors"),
        data.resolve("loras/mine.safetensors"));
    look();
    assertThat(choices.loras()).contains("mine");
    Files.delete(data.resolve("loras/mine.safetensors"));
    look();
    assertThat(choices.loras()).doesNotContain("mine");
  }

  @Test
  void aBrokenModelIsNamedOnceAndTheOthersGoOn() throws IOException {
    Path model = copyOfTiny("broken");
    Files.writeString(model.resolve("unet/config.json"), "no json");
    try (LogLines log = LogLines.hear()) {
      look();
      Files.writeString(model.resolve("more.txt"), "another change");
      look();
      assertThat(log.lines()).filteredOn(line -> line.contains("config.json")).hasSize(1);
    }
    assertThat(choices.modelIds()).containsExactly("tiny");
    assertThat(choices.problems()).hasSize(1);
  }

  @Test
  void aPickleIsNamed() throws IOException {
    Files.writeString(data.resolve("models/mine.CKPT"), "x");
    try (LogLines log = LogLines.hear()) {
      look();
      assertThat(log.lines()).anyMatch(line -> line.contains("mine.CKPT is a pickle"));
    }
  }

  @Test
  void withoutItsDefaultTheBuiltInModelTakesItsPlace() throws IOException {
    Path model = copyOfTiny("mine");
    InstalledCatalogue installed = InstalledCatalogue.open(data, Optional.empty(), "mine");
    Path index = model.resolve("model_index.json");
    Path away = Files.move(index, data.resolve("away"));
    installed.reload(any -> true);
    assertThat(installed.get().defaultModel().id()).isEqualTo("tiny");
    assertThat(installed.get().notices())
        .extracting(Phrase::code)
        .containsExactly(ReasonCode.DEFAULT_MODEL_GONE);

    Files.move(away, index, StandardCopyOption.ATOMIC_MOVE);
    installed.reload(any -> true);
    assertThat(installed.get().defaultModel().id()).isEqualTo("mine");
    assertThat(installed.get().notices()).isEmpty();
  }

  @Test
  void aWrongModelsFileChangesNothing() throws IOException {
    Path file = Files.writeString(data.resolve("models.yaml"), "models: {tiny: {title: One}}");
    InstalledCatalogue installed =
        InstalledCatalogue.open(data, Optional.of(file), ModelCatalogue.BUILTIN);
    Files.writeString(file, "models: [");
    assertThatThrownBy(() -> installed.reload(any -> true)).isInstanceOf(Refusal.class);
    assertThat(installed.get().all()).extracting(ModelVariant::title).containsExactly("One");
  }

  @Test
  void theFoldersAreWatched() throws Exception {
    try (CatalogueWatch watching =
        CatalogueWatch.start(catalogue, data, Clock.offset(Clock.systemUTC(), LONG))) {
      copyOfTiny("mine");
      await().atMost(Duration.ofSeconds(20)).until(() -> choices.modelIds().contains("mine"));
      assertThat(watching).isNotNull();
    }
  }

  /** Once to see what is there, once when it has stood still. */
  private void look() {
    watch.look();
    clock.advance(LONG);
    watch.look();
  }

  private Path copyOfTiny(String name) throws IOException {
    Path from = data.resolve("models/tiny");
    Path to = data.resolve("models").resolve(name);
    try (var files = Files.walk(from)) {
      for (Path file : (Iterable<Path>) files::iterator) {
        Files.copy(file, to.resolve(from.relativize(file).toString()));
      }
    }
    Files.delete(to.resolve("lora/outline-style.safetensors"));
    return to;
  }
}
