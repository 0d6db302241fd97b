package dev.hyperbrush.command;

import dev.hyperbrush.chat.Audience;
import dev.hyperbrush.chat.Reply;

/** {@code /favourites}: one's favourite pictures. Thread-safe. */
final class FavouritesCommand implements Verb {
  private final HistoryCommand history;

  FavouritesCommand(HistoryCommand history) {
    this.history = history;
  }

  @Override
  public Usage usage() {
    return Usage.of("favourites").takes("words").evenWhenBanned().saidTo(Audience.ONLY_ASKER);
  }

  @Override
  public Reply run(Call call) {
    return history.favourites(call);
  }
}
