package dev.hyperbrush.command;

import dev.hyperbrush.chat.Card;
import dev.hyperbrush.chat.Card.Field;
import dev.hyperbrush.chat.JobView;
import dev.hyperbrush.chat.Reply;
import dev.hyperbrush.chat.Texts;
import dev.hyperbrush.chat.TimeText;
import dev.hyperbrush.generation.Shown;
import dev.hyperbrush.policy.Admission;
import dev.hyperbrush.policy.Allowances;
import dev.hyperbrush.policy.DailyQuota.Left;
import dev.hyperbrush.policy.EffectiveSettings;
import dev.hyperbrush.queue.JobQueue;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * {@code /queue}: how many jobs wait, which of them are one's own, and what is left of one's day.
 * What others ask for is their own business. Thread-safe.
 */
final class QueueCommand implements Verb {
  private final JobQueue queue;
  private final JobDesk desk;
  private final EffectiveSettings settings;
  private final Admission admission;

  QueueCommand(JobQueue queue, JobDesk desk, EffectiveSettings settings, Admission admission) {
    this.queue = queue;
    this.desk = desk;
    this.settings = settings;
    this.admission = admission;
  }

  @Override
  public Usage usage() {
    return Usage.of("queue").evenWhenBanned();
  }

  @Override
  public Reply run(Call call) {
    Locale locale = call.locale();
    List<JobView> own = desk.views(call, desk.unfinished(call));
    Allowances allowances = settings.resolution(call.situation()).allowances();
    Optional<Left> quota = admission.quota(call.situation(), allowances);
    int waiting = queue.waiting();
    List<Card> cards = new ArrayList<>(List.of(queueCard(locale, waiting, own.size())));
    quota.ifPresent(left -> cards.add(quotaCard(locale, left)));
    String all = Texts.get(locale, "queue.waiting", waiting);
    Reply reply = Reply.text(JobText.list(locale, all, own)).withJobs(own).withCards(cards);
    return quota.map(left -> reply.withMore(line(locale, left))).orElse(reply);
  }

  private static Card queueCard(Locale locale, int waiting, int own) {
    return new Card(
        Texts.get(locale, "queue.title"),
        List.of(
            new Field(Texts.get(locale, "queue.all"), String.valueOf(waiting)),
            new Field(Texts.get(locale, "queue.own"), String.valueOf(own))),
        List.of());
  }

  private static Card quotaCard(Locale locale, Left quota) {
    String left = Texts.get(locale, "queue.leftof", left(quota), limit(quota));
    String next =
        Texts.get(
            locale,
            "queue.nextin",
            TimeText.span(locale, quota.resetsIn()),
            TimeText.clock(locale, quota.resetsAt()));
    return new Card(
        Texts.get(locale, "queue.today"),
        List.of(
            new Field(Texts.get(locale, "queue.left"), left),
            new Field(Texts.get(locale, "queue.next"), next)),
        List.of());
  }

  private static String line(Locale locale, Left quota) {
    return Texts.get(
        locale,
        "queue.quota",
        left(quota),
        limit(quota),
        TimeText.span(locale, quota.resetsIn()),
        TimeText.clock(locale, quota.resetsAt()));
  }

  private static String left(Left quota) {
    return Shown.millions(quota.left(), RoundingMode.DOWN);
  }

  private static String limit(Left quota) {
    return Shown.millions(quota.limit(), RoundingMode.DOWN);
  }
}
