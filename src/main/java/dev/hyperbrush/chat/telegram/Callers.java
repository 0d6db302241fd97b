package dev.hyperbrush.chat.telegram;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.hyperbrush.chat.Caller;
import dev.hyperbrush.chat.Person;
import dev.hyperbrush.chat.Place;
import dev.hyperbrush.chat.telegram.Incoming.Room;
import dev.hyperbrush.chat.telegram.Incoming.Sender;
import dev.hyperbrush.store.Destination;
import dev.hyperbrush.store.SeenLanguageDao;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;

/** Tells who does something, with the rights they have there. Thread-safe. */
final class Callers {
  private static final int MOST_LANGUAGES = 10_000;

  private final Standings standings;
  private final StoredMoves moves;
  private final SeenLanguageDao languages;

  /** What is remembered already. */
  private final Cache<Long, String> remembered =
      Caffeine.newBuilder().maximumSize(MOST_LANGUAGES).executor(Runnable::run).build();

  Callers(Standings standings, StoredMoves moves, SeenLanguageDao languages) {
    this.standings = standings;
    this.moves = moves;
    this.languages = languages;
  }

  /**
   * Who does something.
   *
   * @param replyTo the message that the picture answers, if there will be one
   * @param request what Telegram numbers it
   */
  Caller of(Sender sender, Room room, OptionalInt replyTo, String request)
      throws InterruptedException {
    return new Caller(
        new Person(TelegramAdapter.PLATFORM, String.valueOf(sender.id()), sender.name()),
        place(room),
        standings.of(sender, room),
        language(sender),
        ladder(sender, room, replyTo),
        Optional.of(request));
  }

  /** A group is known by its first number for good. */
  private Place place(Room room) {
    long chat = moves.first(room.chat());
    String channel = room.thread().isPresent() ? chat + "/" + room.thread().getAsInt() : "" + chat;
    return Place.of(
        TelegramAdapter.PLATFORM,
        channel,
        room.group() ? Optional.of(String.valueOf(chat)) : Optional.empty());
  }

  /** The one that Telegram names; else the last that it named, and English when it never did. */
  Locale language(Sender sender) {
    return sender
        .language()
        .or(() ->
            sender.inNameOf().isPresent()
                ? Optional.empty()
                : languages.of(String.valueOf(sender.id())))
        .map(Locale::forLanguageTag)
        .orElse(Locale.ENGLISH);
  }

  /** Remembers the language of somebody who has been here. */
  void remember(Sender sender) {
    sender
        .language()
        .filter(language -> !language.equals(remembered.getIfPresent(sender.id())))
        .filter(language -> languages.remember(String.valueOf(sender.id()), language))
        .ifPresent(language -> remembered.put(sender.id(), language));
  }

  /** Where the picture goes: to the place it was asked for, else to the person alone. */
  static List<Destination> ladder(Sender sender, Room room, OptionalInt replyTo) {
    List<Destination> ladder = new ArrayList<>();
    ladder.add(new TelegramAddress.Chat(room.chat(), room.thread(), replyTo).destination());
    if (room.group() && sender.inNameOf().isEmpty()) {
      ladder.add(new TelegramAddress.Private(sender.id()).destination());
    }
    return ladder;
  }
}
