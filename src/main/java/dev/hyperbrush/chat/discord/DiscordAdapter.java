package dev.hyperbrush.chat.discord;

import dev.hyperbrush.command.AdapterParts;
import dev.hyperbrush.delivery.ChatPlatform;
import dev.hyperbrush.delivery.Courier;
import dev.hyperbrush.delivery.Outcome;
import dev.hyperbrush.delivery.Post;
import dev.hyperbrush.delivery.ProgressBoard;
import dev.hyperbrush.delivery.Withdrawal;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import net.dv8tion.jda.api.JDA;
import net.dv8tion.jda.api.sharding.ShardManager;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The bot on Discord. Thread-safe. */
public final class DiscordAdapter implements ChatPlatform {
  /** What origins of jobs call it. */
  public static final String PLATFORM = "discord";

  private static final Logger log = LoggerFactory.getLogger(DiscordAdapter.class);

  private final ExecutorService handlers = Executors.newVirtualThreadPerTaskExecutor();
  private final AdapterParts parts;
  private final Connection connection;

  private DiscordAdapter(DiscordSettings settings, AdapterParts parts) {
    this.parts = parts;
    this.connection = new Connection(settings, this::handle, this::connected);
  }

  /**
   * Goes on Discord, in the background: neither a wrong token nor a Discord that cannot be reached
   * keep the rest from starting. The log says so, and what can be tried again is.
   */
  public static DiscordAdapter start(DiscordSettings settings, AdapterParts parts) {
    DiscordAdapter adapter = new DiscordAdapter(settings, parts);
    adapter.connection.open();
    return adapter;
  }

  /** The connection; empty while there is none. */
  Optional<ShardManager> shards() {
    return connection.shards();
  }

  private void connected(ShardManager shards) {
    JDA first = shards.getShards().getFirst();
    log.info(
        "On Discord as {}, with {} verbs. Invite it with {}",
        first.getSelfUser().getName(),
        parts.commands().verbs().size(),
        Invitation.link(first.getSelfUser().getApplicationId()));
  }

  private void handle(Incoming incoming) {}

  @Override
  public String name() {
    return PLATFORM;
  }

  @Override
  public Courier courier() {
    return new Courier() {
      @Override
      public Outcome post(Post post) {
        return new Outcome.TryAgain("not there yet");
      }

      @Override
      public Outcome withdraw(Withdrawal withdrawal) {
        return Outcome.done();
      }
    };
  }

  @Override
  public ProgressBoard board() {
    return _ -> {};
  }

  @Override
  public void close() {
    connection.close();
    handlers.close();
  }
}
