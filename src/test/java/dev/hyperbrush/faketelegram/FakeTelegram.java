package dev.hyperbrush.faketelegram;

import java.net.URI;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Telegram on loopback: a Bot API that is as strict as the real one, and people who talk to the
 * bot. Thread-safe.
 */
public final class FakeTelegram implements AutoCloseable {
  /** What is tested with. */
  public static final String TOKEN = "7100000001:AAFakeTokenOfTheBotThatIsTested_0123456";

  private static final long BOT_ID = 7_100_000_001L;
  private static final String BOT_NAME = "hyperbrush_bot";

  /**
   * A request that came.
   *
   * @param method in lower case
   * @param parameters as text; a file by its size
   */
  public record Call(String method, Map<String, String> parameters) {}

  /** A request that was refused. */
  public record Refused(String method, int code, String description) {}

  private final World world;
  private final Faults faults = new Faults();
  private ApiServer server;
  private final int port;

  private FakeTelegram(InstantSource clock) {
    User bot = new User(BOT_ID, true, "Hyperbrush", Optional.of(BOT_NAME), Optional.empty());
    world = new World(clock, bot);
    server = ApiServer.start(world, faults, TOKEN, 0);
    port = server.port();
  }

  public static FakeTelegram start() {
    return start(InstantSource.system());
  }

  /** With a clock of one's own: for rates, late answers and old messages. */
  public static FakeTelegram start(InstantSource clock) {
    return new FakeTelegram(clock);
  }

  /** {@code http://127.0.0.1:port}. */
  public URI api() {
    return URI.create("http://127.0.0.1:" + port);
  }

  public String token() {
    return TOKEN;
  }

  /** Without the at sign. */
  public String botName() {
    return BOT_NAME;
  }

  public Faults faults() {
    return faults;
  }

  /** Does not count how fast the bot sends. */
  public void withoutRates() {
    synchronized (world) {
      world.rates.on = false;
    }
  }

  /** Somebody who writes English. */
  public TelegramPerson person(String name) {
    return person(name, Optional.of("en"));
  }

  /** Somebody whose client says this language, or none. */
  public TelegramPerson person(String name, Optional<String> language) {
    synchronized (world) {
      long id = world.nextId();
      String userName = name.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]", "_");
      User user = new User(id, false, name, Optional.of(userName), language);
      world.people.put(id, user);
      Chat chat = world.chat(Chat.Kind.PRIVATE, id, name, false);
      return new TelegramPerson(world, user, new TelegramChat(world, chat));
    }
  }

  /** A group with the bot in it. */
  public TelegramChat group(String title, TelegramPerson creator, TelegramPerson... members) {
    return group(Chat.Kind.GROUP, title, creator, members);
  }

  /** A supergroup, which can have topics, with the bot in it. */
  public TelegramChat supergroup(String title, TelegramPerson creator, TelegramPerson... members) {
    return group(Chat.Kind.SUPERGROUP, title, creator, members);
  }

  private TelegramChat group(
      Chat.Kind kind, String title, TelegramPerson creator, TelegramPerson... members) {
    synchronized (world) {
      boolean large = kind == Chat.Kind.SUPERGROUP;
      long id = large ? -1_000_000_000_000L - world.nextId() : -world.nextId();
      TelegramChat group = new TelegramChat(world, world.chat(kind, id, title, large));
      group.stand(creator, "creator");
      for (TelegramPerson member : members) {
        group.stand(member, "member");
      }
      return group;
    }
  }

  /** The server cannot be reached. */
  public void away() {
    server.stop();
  }

  /** The server can be reached again, where it was. */
  public void back() {
    server = ApiServer.start(world, faults, TOKEN, port);
  }

  /** Against the documented rules: of a good bot there are none. */
  public List<String> violations() {
    return List.copyOf(world.journal.violations);
  }

  /** What was refused, for whatever reason. */
  public List<Refused> refusals() {
    return List.copyOf(world.journal.refusals);
  }

  /** All requests in the order of their coming. */
  public List<Call> calls() {
    return List.copyOf(world.journal.calls);
  }

  /** The requests of one method. */
  public List<Call> calls(String method) {
    return calls().stream().filter(call -> call.method().equalsIgnoreCase(method)).toList();
  }

  /** What the bot said about itself: {@code commands/all_private_chats/de} and the like. */
  public Map<String, String> profile() {
    synchronized (world) {
      return Map.copyOf(world.profile);
    }
  }

  /** From here on updates are numbered from some other number, as after a week without any. */
  public void numberUpdatesFrom(long next) {
    synchronized (world) {
      world.updates.numberFrom(next);
    }
  }

  /** Hands in again, under their old numbers, all updates that were confirmed. */
  public void forgetConfirmations() {
    synchronized (world) {
      world.updates.forgetConfirmations();
    }
  }

  /** How many updates the bot has not confirmed. */
  public int waiting() {
    synchronized (world) {
      return world.updates.waiting();
    }
  }

  @Override
  public void close() {
    synchronized (world) {
      world.open = false;
      world.notifyAll();
    }
    server.stop();
  }
}
