package dev.hyperbrush.policy;

import dev.hyperbrush.generation.Phrase;
import dev.hyperbrush.generation.ReasonCode;
import dev.hyperbrush.store.Ban;
import dev.hyperbrush.store.BanDao;
import dev.hyperbrush.store.Realm;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Who may not draw where. Of a server's bans its moderators are free, of all bans whoever runs the
 * program. Thread-safe.
 */
public final class Bans {
  private static final DateTimeFormatter WHEN =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm 'UTC'", Locale.ROOT).withZone(ZoneOffset.UTC);

  private final BanDao bans;

  public Bans(BanDao bans) {
    this.bans = bans;
  }

  /** What keeps somebody from drawing where they are. */
  public Optional<Ban> holding(Situation situation) {
    if (situation.may(Permission.OPERATOR)) {
      return Optional.empty();
    }
    List<Ban> all = bans.holding(situation.personId(), Realm.around(situation.origin()));
    // On every use, also of what banned people may do: so nobody gets away by unlinking.
    all.forEach(ban -> bans.follow(ban, situation.personId()));
    return all.stream()
        .filter(ban -> ban.realm().isEverywhere() || !situation.may(Permission.MODERATOR))
        .findFirst();
  }

  /** Says it to who is banned. */
  public static Phrase refusal(Ban ban) {
    String reason = ban.reason().isEmpty() ? "–" : ban.reason();
    return ban.endsAt()
        .map(end -> Phrase.of(ReasonCode.BANNED_UNTIL, shown(end), reason))
        .orElseGet(() -> Phrase.of(ReasonCode.BANNED, reason));
  }

  /** As it is written, the same in every language. */
  public static String shown(Instant end) {
    return WHEN.format(end);
  }
}
