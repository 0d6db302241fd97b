package dev.hyperbrush.chat.telegram;

import dev.hyperbrush.command.AdapterParts;
import dev.hyperbrush.delivery.ChatPlatform;
import dev.hyperbrush.delivery.Courier;
import dev.hyperbrush.delivery.ProgressBoard;
import dev.hyperbrush.store.TelegramMoveDao;
import java.net.URI;

/**
 * The bot on Telegram. Thread-safe.
 *
 * <p>Goes there in the background: neither a wrong token nor a Telegram that cannot be reached keep
 * the rest from starting. The log says so, and what can be tried again is.
 */
public final class TelegramAdapter implements ChatPlatform {
  /** What origins of jobs call it. */
  public static final String PLATFORM = "telegram";

  private final TelegramApi api;
  private final TelegramSender sender;
  private final Courier courier;
  private final ProgressBoard board;
  private final Connection connection;

  private TelegramAdapter(String token, TelegramSettings settings, AdapterParts parts, Pace pace) {
    StoredMoves moves = new StoredMoves(new TelegramMoveDao(parts.database()));
    api = TelegramApi.open(token, settings);
    sender = TelegramSender.start(api, pace, moves, parts.clock());
    courier = new TelegramCourier(sender, PicturePoster.of(parts), parts);
    board = new TelegramBoard(sender, parts.commands());
    ConnectionNews news =
        new ConnectionNews(settings.api().map(URI::toString).orElse("api.telegram.org"));
    connection =
        new Connection(
            token, TelegramApi.url(settings), parts, new Outlets(api, sender, moves), news);
  }

  /** Goes on Telegram; the settings have a token. */
  public static TelegramAdapter start(TelegramSettings settings, AdapterParts parts) {
    return start(settings, parts, new Pace(parts.clock()));
  }

  /** At a pace of its own. */
  static TelegramAdapter start(TelegramSettings settings, AdapterParts parts, Pace pace) {
    TelegramAdapter adapter =
        new TelegramAdapter(settings.token().orElseThrow(), settings, parts, pace);
    adapter.connection.open();
    return adapter;
  }

  @Override
  public String name() {
    return PLATFORM;
  }

  @Override
  public Courier courier() {
    return courier;
  }

  @Override
  public ProgressBoard board() {
    return board;
  }

  @Override
  public void close() {
    connection.stop();
    sender.close();
    connection.close();
    api.close();
  }
}
