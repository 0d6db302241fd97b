package dev.hyperbrush.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import dev.hyperbrush.config.AppConfig;
import dev.hyperbrush.config.ConfigLoader;
import dev.hyperbrush.generation.Cancellation;
import dev.hyperbrush.generation.GenerationRequest;
import dev.hyperbrush.generation.GenerationResult;
import dev.hyperbrush.generation.ImageGenerator;
import dev.hyperbrush.generation.ImageSize;
import dev.hyperbrush.generation.ProgressListener;
import dev.hyperbrush.generation.Seed;
import dev.hyperbrush.onnx.ExecutionProvider;
import dev.hyperbrush.onnx.OnnxSettings;
import dev.hyperbrush.pipeline.DiffusionGenerator;
import dev.hyperbrush.pipeline.ModelCatalogue;
import dev.hyperbrush.pipeline.ModelVariant;
import dev.hyperbrush.pipeline.Recipe;
import dev.hyperbrush.queue.JobQueue;
import dev.hyperbrush.queue.SpareTime;
import dev.hyperbrush.store.Database;
import dev.hyperbrush.store.Job;
import dev.hyperbrush.store.JobState;
import dev.hyperbrush.store.NewJob;
import dev.hyperbrush.store.Origin;
import dev.hyperbrush.store.PersonDao;
import dev.hyperbrush.store.PictureStore;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two devices, both of which are this machine's CPU, on one queue. */
final class WorkersTest {
  private static final int JOBS = 6;

  @TempDir private Path data;
  private final List<Long> seeds = Collections.synchronizedList(new ArrayList<>());
  private final Map<Integer, Long> first = new ConcurrentHashMap<>();

  /** A device has taken its first job when it counts this down, and waits until all have. */
  private final CountDownLatch busy = new CountDownLatch(2);

  @Test
  void bothDrawAtTheSameTimeAndNoJobIsDrawnTwice() throws Exception {
    AppConfig config = new ConfigLoader(Map.of(), data).load(Optional.empty(), Optional.of(data));
    ModelCatalogue catalogue = config.models();
    try (Database database = Database.open(config.data(), config.store())) {
      PictureStore files = PictureStore.open(data);
      JobQueue queue = JobQueue.open(database, files, InstantSource.system(), config.queue());
      long person = new PersonDao(database, InstantSource.system()).idOf("web", "local", "me");
      Origin page = new Origin("web", "page", Optional.empty());
      List<Long> jobs =
          LongStream.range(0, JOBS)
              .mapToObj(
                  seed -> queue.submit(NewJob.plain(person, page, request(catalogue, seed))).id())
              .toList();
      List<ImageGenerator> devices =
          Stream.of(0, 1).map(device -> device(device, config, catalogue)).toList();
      try (Workers _ =
          Workers.start(queue, devices, new PngPictureEncoder(() -> catalogue), SpareTime.NONE)) {
        await().until(() -> jobs.stream().map(queue::find).allMatch(WorkersTest::isDone));
      }
    }
    assertThat(seeds).containsExactlyInAnyOrder(0L, 1L, 2L, 3L, 4L, 5L);
    assertThat(first).containsOnlyKeys(0, 1);
  }

  @Test
  void cardsThatDoNotWorkLeaveOneWorkerOnTheCpu() {
    OnnxSettings card = OnnxSettings.cpu().withProvider(ExecutionProvider.CUDA);
    assumeFalse(card.usable().provider().onCard(), "has a card");

    assertThat(Bot.usable(List.of(card, card.withDevice(1)))).containsExactly(OnnxSettings.cpu());
  }

  private static boolean isDone(Optional<Job> job) {
    return job.orElseThrow().state() == JobState.DONE;
  }

  /** Draws for real, the first picture when the other device has begun one, too. */
  private ImageGenerator device(int number, AppConfig config, ModelCatalogue catalogue) {
    DiffusionGenerator generator =
        Setup.generator(config, () -> catalogue, OnnxSettings.cpu().withDevice(number));
    return new ImageGenerator() {
      @Override
      public GenerationResult generate(
          GenerationRequest request, ProgressListener listener, Cancellation cancellation) {
        seeds.add(request.seed().value());
        if (first.putIfAbsent(number, request.seed().value()) == null) {
          busy.countDown();
          awaitBoth();
        }
        return generator.generate(request, listener, cancellation);
      }

      @Override
      public void close() {
        generator.close();
      }
    };
  }

  private void awaitBoth() {
    try {
      busy.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static GenerationRequest request(ModelCatalogue catalogue, long seed) {
    ModelVariant tiny = catalogue.find(ModelCatalogue.BUILTIN).orElseThrow();
    Recipe recipe = tiny.recipes().getFirst();
    return new GenerationRequest(
        tiny.id(),
        "a red circle",
        "",
        new ImageSize(64, 64),
        recipe.minSteps(),
        recipe.defaultGuidance(),
        recipe.scheduler(),
        recipe.eta(),
        new Seed(seed),
        1,
        List.of(),
        0);
  }
}
