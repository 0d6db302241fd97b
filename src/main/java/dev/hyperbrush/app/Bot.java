package dev.hyperbrush.app;

import dev.hyperbrush.chat.Finding;
import dev.hyperbrush.chat.discord.DiscordAdapter;
import dev.hyperbrush.chat.telegram.TelegramAdapter;
import dev.hyperbrush.chat.web.WebServer;
import dev.hyperbrush.command.AdapterParts;
import dev.hyperbrush.command.Commands;
import dev.hyperbrush.command.Parts;
import dev.hyperbrush.config.AppConfig;
import dev.hyperbrush.delivery.ChatPlatform;
import dev.hyperbrush.delivery.Courier;
import dev.hyperbrush.delivery.Outbox;
import dev.hyperbrush.delivery.ProgressBoard;
import dev.hyperbrush.delivery.ProgressMessages;
import dev.hyperbrush.generation.ImageGenerator;
import dev.hyperbrush.onnx.OnnxSettings;
import dev.hyperbrush.pipeline.InstalledCatalogue;
import dev.hyperbrush.pipeline.ModelCatalogue;
import dev.hyperbrush.pipeline.StylePictures;
import dev.hyperbrush.policy.Choices;
import dev.hyperbrush.queue.Erasure;
import dev.hyperbrush.queue.JobQueue;
import dev.hyperbrush.queue.SpareTime;
import dev.hyperbrush.store.BacklogDao;
import dev.hyperbrush.store.Database;
import dev.hyperbrush.store.DeliveryDao;
import dev.hyperbrush.store.ErasureDao;
import dev.hyperbrush.store.PersonDao;
import dev.hyperbrush.store.PictureStore;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The whole bot, running: the parts in the order in which they need each other. Thread-safe.
 *
 * <p>Stopping goes the other way round: nothing more is posted, no new commands, then the picture
 * being drawn is finished or goes back to the queue, then the database is closed.
 */
final class Bot implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(Bot.class);

  private final Deque<AutoCloseable> parts = new ArrayDeque<>();
  private String url = "";

  private Bot() {}

  /**
   * Starts everything.
   *
   * @throws dev.hyperbrush.generation.Refusal when a part cannot start; none runs then
   */
  static Bot start(AppConfig config) {
    Bot bot = new Bot();
    try {
      bot.open(config);
      return bot;
    } catch (RuntimeException | Error failure) {
      bot.close();
      throw failure;
    }
  }

  private void open(AppConfig config) {
    InstantSource clock = Clock.systemUTC();
    SecureRandom chance = new SecureRandom();
    InstalledCatalogue catalogue = config.installed();
    opened(CatalogueWatch.start(catalogue, config.data(), clock));
    Database database = opened(Database.open(config.data(), config.store()));
    PictureStore files = PictureStore.open(config.data());
    PersonDao people = new PersonDao(database, clock);
    JobQueue queue = JobQueue.open(database, files, clock, config.queue());
    new Erasure(queue, new ErasureDao(database, clock)).finishBegun();
    List<ImageGenerator> generators = generators(config, catalogue);
    StylePictures styles = new StylePictures(config.data(), config.styles());
    Commands commands =
        new Commands(
            parts(config, Choices.of(catalogue, styles::find), database, files, queue, clock));
    WebServer page =
        WebServer.start(
            config.web(),
            commands,
            queue,
            files,
            people,
            new DeliveryDao(database),
            new BacklogDao(database));
    // Not before the page: a start that fails for a port in use must not begin a job.
    SpareTime spare = new StyleDrawing(catalogue, styles, config.styles().after());
    opened(Workers.start(queue, generators, new PngPictureEncoder(catalogue), spare));
    opened(page);
    List<ChatPlatform> platforms =
        platforms(config, new AdapterParts(commands, queue, database, files, clock));
    Map<String, Courier> couriers = new HashMap<>();
    couriers.put(WebServer.PLATFORM, page.courier());
    platforms.forEach(platform -> couriers.put(platform.name(), platform.courier()));
    Map<String, ProgressBoard> boards = new HashMap<>();
    platforms.forEach(platform -> boards.put(platform.name(), platform.board()));
    ProgressMessages progress = opened(ProgressMessages.start(queue, database, boards, clock));
    opened(
        Outbox.start(
            database, queue.events(), progress.before(couriers), config.delivery(), clock, chance));
    opened(queue.housekeeping(config.retention()));
    url = page.url();
    RunningBot.announce(config.data(), url);
    opened(() -> RunningBot.leave(config.data()));
  }

  /** One for each card, or one alone on the CPU. */
  private static List<ImageGenerator> generators(
      AppConfig config, Supplier<ModelCatalogue> installed) {
    Thread.ofPlatform().daemon().name("processor").start(() -> tellWhatDraws(config));
    return usable(config.workers()).stream()
        .map(worker -> (ImageGenerator) Setup.generator(config, installed, worker))
        .toList();
  }

  /** Of several cards those that work; a second worker on the CPU would only take its memory. */
  static List<OnnxSettings> usable(List<OnnxSettings> workers) {
    if (workers.size() == 1) {
      return workers; // found out when it draws, which makes the start quicker
    }
    List<OnnxSettings> cards =
        workers.stream().filter(worker -> worker.usable().provider().onCard()).toList();
    return cards.isEmpty() ? List.of(workers.getFirst().usable()) : cards;
  }

  /** On a thread of its own: libraries of half a gigabyte are loaded for that. */
  private static void tellWhatDraws(AppConfig config) {
    for (Finding finding : new ProcessorChecks(config.workers()).run()) {
      log.info("{}: {}", finding.subject(), finding.found());
    }
  }

  /** Those that there is a token for. None of them keeps the rest from starting. */
  private List<ChatPlatform> platforms(AppConfig config, AdapterParts adapter) {
    List<ChatPlatform> platforms = new ArrayList<>();
    if (config.discord().token().isPresent()) {
      platforms.add(opened(DiscordAdapter.start(config.discord(), adapter)));
    }
    if (config.telegram().token().isPresent()) {
      platforms.add(opened(TelegramAdapter.start(config.telegram(), adapter)));
    }
    return platforms;
  }

  /** What the verbs work with here. */
  static Parts parts(
      AppConfig config,
      Choices choices,
      Database database,
      PictureStore files,
      JobQueue queue,
      InstantSource clock) {
    return new Parts(
        database,
        files,
        queue,
        choices,
        config.limits(),
        config.moderation(),
        clock,
        new SecureRandom());
  }

  /** Where the page is. */
  String url() {
    return url;
  }

  private <T extends AutoCloseable> T opened(T part) {
    parts.push(part);
    return part;
  }

  @Override
  public void close() {
    while (!parts.isEmpty()) {
      AutoCloseable part = parts.pop();
      try {
        part.close();
      } catch (Exception | LinkageError e) { // the program's file may have been replaced meanwhile
        log.error("{} did not stop cleanly", part.getClass().getSimpleName(), e);
      }
    }
  }
}
