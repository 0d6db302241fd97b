package dev.hyperbrush.queue;

import dev.hyperbrush.store.JobState;
import java.util.Optional;

/**
 * Something happened to a job.
 *
 * @param step steps done, 0 to {@code steps}
 * @param previewPng the forming picture, when somebody watches the job
 */
public record JobEvent(
    long jobId, JobState state, int step, int steps, Optional<byte[]> previewPng) {

  /**
   * This event for somebody who has not seen {@code earlier} of the same job: keeps its preview.
   */
  JobEvent instead(JobEvent earlier) {
    if (state != JobState.RUNNING || previewPng.isPresent()) {
      return this;
    }
    return new JobEvent(jobId, state, step, steps, earlier.previewPng);
  }
}
