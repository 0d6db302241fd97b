package dev.hyperbrush.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.hyperbrush.TestClock;
import dev.hyperbrush.config.AppConfig;
import dev.hyperbrush.config.ConfigLoader;
import dev.hyperbrush.generation.GenerationRequest;
import dev.hyperbrush.generation.Phrase;
import dev.hyperbrush.generation.ReasonCode;
import dev.hyperbrush.generation.Seed;
import dev.hyperbrush.pipeline.InstalledCatalogue;
import dev.hyperbrush.pipeline.ModelCatalogue;
import dev.hyperbrush.pipeline.ModelVariant;
import dev.hyperbrush.pipeline.Recipe;
import dev.hyperbrush.policy.Choices;
import dev.hyperbrush.queue.JobQueue;
import dev.hyperbrush.queue.Worker;
import dev.hyperbrush.store.Database;
import dev.hyperbrush.store.Job;
import dev.hyperbrush.store.JobState;
import dev.hyperbrush.store.NewJob;
import dev.hyperbrush.store.Origin;
import dev.hyperbrush.store.PersonDao;
import dev.hyperbrush.store.PictureStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A model that goes and comes back, with other weights, while the bot draws with it. */
final class ReplacedModelTest {
  private static final Duration LONG = Duration.ofMinutes(2);

  @TempDir private Path data;
  private final TestClock clock = new TestClock();

  @Test
  void jobsOfAModelThatIsGoneSaySoAndWhatComesBackIsLoadedAnew() throws IOException {
    AppConfig config = new ConfigLoader(Map.of(), data).load(Optional.empty(), Optional.of(data));
    ModelCatalogue.load(data);
    copyOfTiny(data.resolve("models/mine"));
    InstalledCatalogue installed = InstalledCatalogue.open(data, Optional.empty(), "tiny");
    CatalogueWatch watch = new CatalogueWatch(installed, data, clock);
    try (Database database = Database.open(data)) {
      PictureStore files = PictureStore.open(data);
      JobQueue queue = JobQueue.open(database, files, InstantSource.system());
      long person = new PersonDao(database, InstantSource.system()).idOf("web", "local", "me");
      NewJob wish =
          NewJob.plain(person, new Origin("web", "page", Optional.empty()), request(installed));
      try (Worker worker =
          Worker.start(
              queue, Setup.generator(config, installed), new PngPictureEncoder(installed))) {
        assertThat(worker).isNotNull();
        Job first = ended(queue, queue.submit(wish));
        assertThat(first.state()).isEqualTo(JobState.DONE);

        queue.pause();
        Job waiting = queue.submit(wish);
        Path index = data.resolve("models/mine/model_index.json");
        Path away = Files.move(index, data.resolve("away"));
        look(watch);
        assertThat(Choices.of(installed).modelIds()).containsExactly("tiny");
        queue.resume();
        Phrase failure = ended(queue, waiting).failure().orElseThrow();
        assertThat(failure.code()).isEqualTo(ReasonCode.MODEL_GONE);

        Path decoder = data.resolve("models/mine/vae/config.json");
        Files.writeString(
            decoder,
            Files.readString(decoder).replaceFirst("(\"scaling_factor\"): *[0-9.]+", "$1: 0.5"));
        Files.move(away, index);
        look(watch);
        Job back = ended(queue, queue.submit(wish));
        assertThat(back.state()).isEqualTo(JobState.DONE);
        assertThat(bytes(queue, files, back)).isNotEqualTo(bytes(queue, files, first));
      }
    }
  }

  private static Job ended(JobQueue queue, Job job) {
    await().atMost(LONG).until(() -> queue.find(job.id()).orElseThrow().state().ended());
    return queue.find(job.id()).orElseThrow();
  }

  private static byte[] bytes(JobQueue queue, PictureStore files, Job job) throws IOException {
    return Files.readAllBytes(files.file(queue.pictures(job.id()).getFirst()));
  }

  private static GenerationRequest request(InstalledCatalogue installed) {
    ModelVariant mine = installed.get().find("mine").orElseThrow();
    Recipe recipe = mine.recipes().getFirst();
    return new GenerationRequest(
        mine.id(),
        "a red circle",
        "",
        mine.nativeSize(),
        1,
        recipe.defaultGuidance(),
        recipe.scheduler(),
        recipe.eta(),
        new Seed(7),
        1,
        List.of(),
        0);
  }

  /** Once to see what is there, once when it has stood still. */
  private void look(CatalogueWatch watch) {
    watch.look();
    clock.advance(LONG);
    watch.look();
  }

  private void copyOfTiny(Path to) throws IOException {
    Path from = data.resolve("models/tiny");
    try (var files = Files.walk(from)) {
      for (Path file : (Iterable<Path>) files::iterator) {
        Files.copy(file, to.resolve(from.relativize(file).toString()));
      }
    }
    Files.delete(to.resolve("lora/outline-style.safetensors"));
  }
}
