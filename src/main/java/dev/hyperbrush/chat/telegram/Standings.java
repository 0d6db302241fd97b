package dev.hyperbrush.chat.telegram;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Ticker;
import dev.hyperbrush.chat.Standing;
import dev.hyperbrush.chat.telegram.Incoming.Room;
import dev.hyperbrush.chat.telegram.Incoming.Sender;
import dev.hyperbrush.policy.Permission;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.telegram.telegrambots.meta.api.methods.groupadministration.GetChatAdministrators;
import org.telegram.telegrambots.meta.api.objects.chatmember.ChatMember;

/**
 * Who keeps order in which group: its administrators do, and whoever speaks in the group's own
 * name, as only unnamed administrators can. Thread-safe.
 */
final class Standings {
  private static final Duration KEPT = Duration.ofMinutes(5);
  private static final Duration KEPT_UNKNOWN = Duration.ofSeconds(15);
  private static final int MOST_GROUPS = 10_000;
  private static final Standing MODERATOR = new Standing(Set.of(), Permission.MODERATOR);
  private static final Logger log = LoggerFactory.getLogger(Standings.class);

  /** Asks Telegram. */
  interface Source {
    List<ChatMember> administrators(GetChatAdministrators question)
        throws TelegramFailure, InterruptedException;
  }

  private final Source source;
  private final Cache<Long, Set<Long>> administrators;

  /** Groups that Telegram did not tell about, and nobody is asked for again and again. */
  private final Cache<Long, Boolean> unknown;

  Standings(Source source, Ticker ticker) {
    this.source = source;
    administrators = kept(KEPT, ticker).build();
    unknown = kept(KEPT_UNKNOWN, ticker).build();
  }

  private static Caffeine<Object, Object> kept(Duration time, Ticker ticker) {
    return Caffeine.newBuilder()
        .maximumSize(MOST_GROUPS)
        .expireAfterWrite(time)
        .executor(Runnable::run)
        .ticker(ticker);
  }

  /** What somebody is in a place; asks Telegram, when that is not known. */
  Standing of(Sender sender, Room room) throws InterruptedException {
    if (!room.group()) {
      return Standing.MEMBER;
    }
    boolean inNameOfGroup =
        sender.inNameOf().isPresent() && sender.inNameOf().getAsLong() == room.chat();
    return inNameOfGroup || administrators(room.chat()).contains(sender.id())
        ? MODERATOR
        : Standing.MEMBER;
  }

  private Set<Long> administrators(long chat) throws InterruptedException {
    Set<Long> known = administrators.getIfPresent(chat);
    if (known != null) {
      return known;
    } else if (unknown.getIfPresent(chat) != null) {
      return Set.of();
    }
    try {
      Set<Long> asked =
          source.administrators(new GetChatAdministrators(String.valueOf(chat))).stream()
              .filter(Objects::nonNull)
              .map(member -> member.getUser().getId())
              .collect(Collectors.toUnmodifiableSet());
      administrators.put(chat, asked);
      return asked;
    } catch (TelegramFailure | RuntimeException failure) {
      log.warn("The administrators of a group are not known: {}", failure.getMessage());
      unknown.put(chat, true);
      return Set.of();
    }
  }

  /** Somebody's rights there have changed. */
  void forget(long chat) {
    administrators.invalidate(chat);
    unknown.invalidate(chat);
  }
}
