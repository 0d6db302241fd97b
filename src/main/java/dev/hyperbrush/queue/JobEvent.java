package dev.hyperbrush.queue;

import dev.hyperbrush.store.JobState;
import java.util.Optional;

/**
 * Something happened to a job.
 *
 * @param state empty when the job was deleted: nothing more happens to it
 * @param step steps done, 0 to {@code steps}
 * @param previewPng the forming picture, when somebody watches the job
 */
public record JobEvent(
    long jobId, Optional<JobState> state, int step, int steps, Optional<byte[]> previewPng) {

  static JobEvent deleted(long jobId) {
    return new JobEvent(jobId, Optional.empty(), 0, 0, Optional.empty());
  }

  public boolean isDeleted() {
    return state.isEmpty();
  }

  /** Whether the job is in this state now. */
  public boolean is(JobState now) {
    return state.filter(now::equals).isPresent();
  }

  /**
   * This event for somebody who has not seen {@code earlier} of the same job: keeps its preview. A
   * deletion stays, as another thread may still tell how the job ended.
   */
  JobEvent instead(JobEvent earlier) {
    if (earlier.isDeleted()) {
      return earlier;
    }
    if (!is(JobState.RUNNING) || previewPng.isPresent()) {
      return this;
    }
    return new JobEvent(jobId, state, step, steps, earlier.previewPng);
  }
}
