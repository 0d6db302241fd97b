package dev.hyperbrush.app;

import dev.hyperbrush.generation.Phrase;
import dev.hyperbrush.generation.Refusal;
import dev.hyperbrush.pipeline.DropIns;
import dev.hyperbrush.pipeline.InstalledCatalogue;
import dev.hyperbrush.pipeline.ModelCatalogue;
import dev.hyperbrush.pipeline.ModelVariant;
import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardWatchEventKinds;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes in what people put into the folders of models, LoRAs and embeddings while the bot runs, and
 * forgets what they take away. A file system that tells of nothing is looked at now and then.
 *
 * <p>{@link #close} is for any thread, the rest for one.
 */
final class CatalogueWatch implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(CatalogueWatch.class);
  private static final List<String> FOLDERS =
      List.of("models", "unets", "loras", "vae", "embeddings", "tokenizers");

  private static final Duration NOW_AND_THEN = Duration.ofSeconds(20);
  private static final Duration SOON = Duration.ofSeconds(1);
  private static final Duration STOP_LIMIT = Duration.ofSeconds(10);

  private final InstalledCatalogue catalogue;
  private final List<Path> folders;
  private final DropIns files;
  private final CountDownLatch stopped = new CountDownLatch(1);
  private final Set<String> said = new HashSet<>();

  /** Whether something did that the catalogue does not know of yet. */
  private boolean changed;

  private final Thread thread = Thread.ofPlatform().name("models").daemon().unstarted(this::run);

  CatalogueWatch(InstalledCatalogue catalogue, Path data, InstantSource clock) {
    this.catalogue = catalogue;
    this.folders = FOLDERS.stream().map(data::resolve).toList();
    this.files = new DropIns(folders, clock);
    catalogue.get().notices().stream().map(Phrase::english).forEach(this::warn);
  }

  /** Watches from now on. */
  static CatalogueWatch start(InstalledCatalogue catalogue, Path data, InstantSource clock) {
    CatalogueWatch watch = new CatalogueWatch(catalogue, data, clock);
    watch.thread.start();
    return watch;
  }

  private void run() {
    try (WatchService news = FileSystems.getDefault().newWatchService()) {
      while (stopped.getCount() > 0) {
        register(news);
        look();
        await(news);
      }
    } catch (IOException e) {
      log.warn("New models are not noticed until a restart: {}", e.getMessage());
    } catch (InterruptedException e) {
      log.debug("New models are not looked for any more");
    }
  }

  /** The folders and those in them; a folder that was watched before stays so. */
  private void register(WatchService news) {
    for (Path folder : folders) {
      try (Stream<Path> inside = Files.list(folder)) {
        Stream.concat(Stream.of(folder), inside.filter(Files::isDirectory).limit(1000))
            .forEach(path -> register(news, path));
      } catch (IOException e) {
        log.debug("{} is not watched: {}", folder, e.toString());
      }
    }
  }

  private static void register(WatchService news, Path folder) {
    try {
      folder.register(
          news,
          StandardWatchEventKinds.ENTRY_CREATE,
          StandardWatchEventKinds.ENTRY_MODIFY,
          StandardWatchEventKinds.ENTRY_DELETE);
    } catch (IOException e) {
      log.debug("{} is not watched: {}", folder, e.toString());
    }
  }

  /** Until something happens, it is time to look in any case, or this ends. */
  private void await(WatchService news) throws InterruptedException {
    Duration left = files.isWaiting() ? SOON : NOW_AND_THEN;
    while (left.isPositive() && !stopped.await(SOON.toMillis(), TimeUnit.MILLISECONDS)) {
      left = left.minus(SOON);
      for (WatchKey key = news.poll(); key != null; key = news.poll()) {
        key.pollEvents();
        key.reset();
        left = Duration.ZERO;
      }
    }
  }

  /** Whatever goes wrong, it is looked again later. */
  void look() {
    try {
      changed |= files.look();
      if (changed) {
        tell(catalogue.reload(files::isReady), catalogue.get());
        changed = false;
      }
    } catch (Refusal refusal) {
      warn("The models stay as they were: " + refusal.getMessage());
    } catch (RuntimeException e) {
      log.error("The folders of models cannot be looked at now", e);
    }
  }

  private void tell(ModelCatalogue before, ModelCatalogue now) {
    tell("model", ids(before), ids(now));
    tell("LoRA", before.loraNames(), now.loraNames());
    List<String> problems = now.notices().stream().map(Phrase::english).toList();
    said.retainAll(problems);
    problems.forEach(this::warn);
  }

  private static void tell(String what, List<String> before, List<String> now) {
    Set<String> come = new TreeSet<>(now);
    before.forEach(come::remove);
    Set<String> gone = new TreeSet<>(before);
    now.forEach(gone::remove);
    come.forEach(name -> log.info("The {} {} is installed now", what, name));
    gone.forEach(name -> log.info("The {} {} is not installed any more", what, name));
  }

  private static List<String> ids(ModelCatalogue catalogue) {
    return catalogue.all().stream().map(ModelVariant::id).toList();
  }

  /** Once, until it was well in between. */
  private void warn(String problem) {
    if (said.add(problem)) {
      log.warn(problem);
    }
  }

  @Override
  public void close() {
    stopped.countDown();
    try {
      thread.join(STOP_LIMIT);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
