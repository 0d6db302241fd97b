package dev.hyperbrush.command;

import dev.hyperbrush.chat.JobView;
import dev.hyperbrush.chat.Reply;
import dev.hyperbrush.chat.Texts;
import dev.hyperbrush.queue.JobQueue;
import java.util.List;

/**
 * {@code /queue}: how many jobs wait, and which of them are one's own. What others ask for is their
 * own business. Thread-safe.
 */
final class QueueCommand implements Verb {
  private final JobQueue queue;
  private final JobDesk desk;

  QueueCommand(JobQueue queue, JobDesk desk) {
    this.queue = queue;
    this.desk = desk;
  }

  @Override
  public Usage usage() {
    return Usage.of("queue").evenWhenBanned();
  }

  @Override
  public Reply run(Call call) {
    List<JobView> own = desk.views(call, desk.unfinished(call));
    String all = Texts.get(call.locale(), "queue.waiting", queue.waiting());
    return Reply.text(JobText.list(call.locale(), all, own)).withJobs(own);
  }
}
