package dev.hyperbrush.command;

import dev.hyperbrush.chat.ActionId;
import dev.hyperbrush.chat.Button;
import dev.hyperbrush.chat.Card;
import dev.hyperbrush.chat.Card.Field;
import dev.hyperbrush.chat.Reply;
import dev.hyperbrush.chat.Texts;
import dev.hyperbrush.generation.ReasonCode;
import dev.hyperbrush.generation.Refusal;
import dev.hyperbrush.policy.Bans;
import dev.hyperbrush.policy.Keepers;
import dev.hyperbrush.policy.Permission;
import dev.hyperbrush.queue.JobQueue;
import dev.hyperbrush.store.AuditAction;
import dev.hyperbrush.store.Ban;
import dev.hyperbrush.store.BanDao;
import dev.hyperbrush.store.BanKind;
import dev.hyperbrush.store.Job;
import dev.hyperbrush.store.JobState;
import dev.hyperbrush.store.KnownPerson;
import dev.hyperbrush.store.Realm;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What the verbs about bans have in common. Thread-safe. */
final class BanDesk {
  /** More than any limit lets one person have. */
  private static final int MOST_UNFINISHED = 100_000;

  private static final int LONGEST_REASON = 300;

  private final BanDao bans;
  private final Keepers keepers;
  private final PersonFinder people;
  private final JobQueue queue;
  private final Moderation moderation;

  BanDesk(
      BanDao bans, Keepers keepers, PersonFinder people, JobQueue queue, Moderation moderation) {
    this.bans = bans;
    this.keepers = keepers;
    this.people = people;
    this.queue = queue;
    this.moderation = moderation;
  }

  BanDao bans() {
    return bans;
  }

  PersonFinder people() {
    return people;
  }

  Moderation moderation() {
    return moderation;
  }

  /** What somebody decides about somebody. */
  record Sentence(KnownPerson person, BanKind kind, Optional<Instant> end, String reason) {}

  /** Bans, ends what waits of the person there, and writes it down. */
  Reply ban(Call call, Sentence sentence) {
    Realm realm = moderation.realm(call);
    KnownPerson person = sentence.person();
    requireRight(call, realm, person);
    if (sentence.reason().length() > LONGEST_REASON) {
      throw new Refusal(ReasonCode.REASON_TOO_LONG, sentence.reason().length(), LONGEST_REASON);
    }
    Ban ban =
        bans.add(
            new Ban(
                0,
                realm,
                person.personId(),
                person.name(),
                sentence.kind(),
                sentence.reason(),
                call.personId(),
                sentence.end()));
    moderation.record(
        call,
        realm,
        sentence.kind() == BanKind.BAN ? AuditAction.BAN : AuditAction.TIMEOUT,
        Optional.of(person.personId()),
        person.name(),
        sentence.reason());
    int cancelled = cancel(person.personId(), realm);
    String text = Texts.get(call.locale(), "ban.done", line(call.locale(), ban), cancelled);
    return Reply.text(text).withCards(List.of(card(call.locale(), ban)));
  }

  private void requireRight(Call call, Realm realm, KnownPerson person) {
    if (person.personId() == call.personId()) {
      throw new Refusal(ReasonCode.BAN_YOURSELF);
    }
    boolean keeper =
        keepers.isOperator(person.personId())
            || (!call.situation().may(Permission.OPERATOR)
                && keepers.isModerator(realm, person.personId()));
    if (keeper) {
      throw new Refusal(ReasonCode.BAN_OF_KEEPER, person.name());
    }
  }

  /** What is being drawn is finished; what waits is not begun. */
  private int cancel(long personId, Realm realm) {
    int cancelled = 0;
    for (Job job : queue.unfinished(personId, MOST_UNFINISHED)) {
      boolean there = realm.isEverywhere() || realm.equals(Realm.around(job.origin()));
      if (there && job.state() != JobState.RUNNING && queue.cancelForOther(job.id())) {
        cancelled++;
      }
    }
    return cancelled;
  }

  static String line(Locale locale, Ban ban) {
    String reason = ban.reason().isEmpty() ? "–" : ban.reason();
    return ban.endsAt()
        .map(end ->
            Texts.get(locale, "ban.until", ban.id(), ban.personName(), Bans.shown(end), reason))
        .orElseGet(() -> Texts.get(locale, "ban.line", ban.id(), ban.personName(), reason));
  }

  /** With a button that lifts it. */
  static Card card(Locale locale, Ban ban) {
    List<Field> fields = new ArrayList<>();
    ban.endsAt()
        .ifPresent(
            end -> fields.add(new Field(Texts.get(locale, "moderation.until"), Bans.shown(end))));
    if (!ban.reason().isEmpty()) {
      fields.add(new Field(Texts.get(locale, "moderation.reason"), ban.reason()));
    }
    Button unban =
        new Button(Texts.get(locale, "button.unban"), new ActionId("unban", ban.id(), 0));
    return new Card(ban.personName(), fields, List.of(unban));
  }
}
