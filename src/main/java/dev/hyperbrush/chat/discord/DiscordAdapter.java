package dev.hyperbrush.chat.discord;

import dev.hyperbrush.command.AdapterParts;
import dev.hyperbrush.delivery.ChatPlatform;
import dev.hyperbrush.delivery.Courier;
import dev.hyperbrush.delivery.ProgressBoard;
import dev.hyperbrush.store.PersonLookup;
import dev.hyperbrush.store.PlatformCommandsDao;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import net.dv8tion.jda.api.JDA;
import net.dv8tion.jda.api.exceptions.ErrorResponseException;
import net.dv8tion.jda.api.sharding.ShardManager;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The bot on Discord. Thread-safe. */
public final class DiscordAdapter implements ChatPlatform {
  /** What origins of jobs call it. */
  public static final String PLATFORM = "discord";

  /** Of the three seconds that Discord gives, most are left for the way there and back. */
  private static final Duration PATIENCE = Duration.ofMillis(700);

  /** Before Discord is told of the commands again. */
  private static final Duration FIRST_PAUSE = Duration.ofSeconds(2);

  /** Answers being given when the program stops may take this long. */
  private static final Duration STOP_LIMIT = Duration.ofSeconds(5);

  private static final Logger log = LoggerFactory.getLogger(DiscordAdapter.class);

  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final OpenAnswers open = new OpenAnswers();
  private final Connection connection;
  private final DiscordOutbound outbound;
  private final CommandRegistration registration;
  private final Interactions interactions;
  private final Presence presence;

  private DiscordAdapter(DiscordSettings settings, AdapterParts parts, Duration patience) {
    this.connection = new Connection(settings, this::handle, this::connected);
    SlashCommands slash = new SlashCommands(parts.commands().verbs());
    this.registration = new CommandRegistration(new PlatformCommandsDao(parts.database()), slash);
    this.outbound = new DiscordOutbound(parts, connection::shards);
    this.interactions =
        new Interactions(
            parts.commands(),
            slash,
            new Answers(outbound.messages(), parts.queue(), open, threads, parts.clock(), patience),
            new Suggestions(parts.commands(), parts.queue(), new PersonLookup(parts.database())),
            new RemixForm(parts.commands()));
    this.presence = new Presence(connection::shards, parts.queue()::waiting);
  }

  /**
   * Goes on Discord, in the background: neither a wrong token nor a Discord that cannot be reached
   * keep the rest from starting. The log says so, and what can be tried again is.
   */
  public static DiscordAdapter start(DiscordSettings settings, AdapterParts parts) {
    return start(settings, parts, PATIENCE);
  }

  /**
   * The same.
   *
   * @param patience how long a verb may take before its answer is promised
   */
  static DiscordAdapter start(DiscordSettings settings, AdapterParts parts, Duration patience) {
    DiscordAdapter adapter = new DiscordAdapter(settings, parts, patience);
    adapter.connection.open();
    adapter.presence.open();
    return adapter;
  }

  private void connected(ShardManager shards) {
    JDA first = shards.getShards().getFirst();
    log.info(
        "On Discord as {}. Invite it with {}",
        first.getSelfUser().getName(),
        Invitation.link(first.getSelfUser().getApplicationId()));
    presence.connected();
    register(first);
  }

  private void register(JDA shard) {
    try {
      Duration pause = FIRST_PAUSE;
      while (!registration.register(shard) && !connection.awaitClosed(pause)) {
        pause = pause.multipliedBy(2);
      }
    } catch (InterruptedException e) {
      log.info("Interrupted: Discord was not told of the commands");
    } catch (RuntimeException e) {
      log.error("Discord was not told of the commands", e);
    }
  }

  /** On the gateway's thread, which is only for handing over. */
  private void handle(Incoming incoming) {
    try {
      threads.execute(() -> answered(incoming));
    } catch (RejectedExecutionException e) {
      log.debug("An interaction came while the program was stopping");
    }
  }

  private void answered(Incoming incoming) {
    try {
      interactions.handle(incoming);
    } catch (ErrorResponseException e) {
      log.info("A form on Discord came too late or nowhere: {}", e.getMeaning());
    } catch (RuntimeException e) {
      log.error("An interaction on Discord failed", e);
    }
  }

  @Override
  public String name() {
    return PLATFORM;
  }

  @Override
  public Courier courier() {
    return open.before(outbound.courier());
  }

  @Override
  public ProgressBoard board() {
    return open.before(outbound.board());
  }

  @Override
  public void close() {
    presence.close();
    threads.shutdown();
    try {
      if (!threads.awaitTermination(STOP_LIMIT.toMillis(), TimeUnit.MILLISECONDS)) {
        log.warn("Some answers on Discord were not given after {}", STOP_LIMIT);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    connection.close();
  }
}
