package dev.hyperbrush.command;

import dev.hyperbrush.chat.Reply;
import dev.hyperbrush.chat.Texts;
import dev.hyperbrush.generation.ReasonCode;
import dev.hyperbrush.generation.Refusal;
import dev.hyperbrush.store.AuditAction;
import dev.hyperbrush.store.Job;
import dev.hyperbrush.store.JobState;
import dev.hyperbrush.store.Realm;
import dev.hyperbrush.store.ReportDao;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * {@code /report}: tells the moderators of a server about a picture that was drawn there; each
 * person once. Thread-safe.
 */
final class ReportCommand implements JobVerb {
  /** A number, and behind it what is wrong. */
  private static final Pattern FORM =
      Pattern.compile("#?(\\d{1,18})(?:\\.\\d{1,4})?(?:\\s+(.*))?", Pattern.DOTALL);

  /** Characters of a reason. */
  private static final int LONGEST = 500;

  private final Option<String> reason = Option.of("reason", new Kind.Text(), "blood");
  private final ReportDao reports;
  private final JobDesk desk;
  private final Moderation moderation;

  ReportCommand(ReportDao reports, JobDesk desk, Moderation moderation) {
    this.reports = reports;
    this.desk = desk;
    this.moderation = moderation;
  }

  @Override
  public Usage usage() {
    return Usage.of("report").needs("picture").with(reason);
  }

  @Override
  public Reply run(Call call) {
    Matcher typed = FORM.matcher(call.arguments().text());
    if (!typed.matches()) {
      throw call.noNumber();
    }
    Job job = desk.visible(call, Long.parseLong(typed.group(1)));
    Realm realm = Realm.around(job.origin());
    if (realm.isEverywhere()) {
      throw new Refusal(ReasonCode.REPORT_PRIVATE, job.id());
    }
    if (job.state() != JobState.DONE) {
      throw new Refusal(ReasonCode.PICTURE_NOT_DONE, job.id());
    }
    String behind = Optional.ofNullable(typed.group(2)).orElse("").strip();
    report(call, job, realm, call.arguments().get(reason).orElse(behind));
    return Reply.text(Texts.get(call.locale(), "report.done", job.id()));
  }

  private void report(Call call, Job job, Realm realm, String words) {
    if (words.length() > LONGEST) {
      throw new Refusal(ReasonCode.REASON_TOO_LONG, words.length(), LONGEST);
    }
    if (!reports.add(job, realm, call.personId(), words)) {
      throw new Refusal(ReasonCode.REPORT_ALREADY, job.id());
    }
    moderation.record(
        call, realm, AuditAction.REPORT, Optional.of(job.personId()), "#" + job.id(), words);
  }
}
