package dev.hyperbrush.store;

import java.util.List;
import java.util.Optional;

/**
 * A part of a person's history, newest first. Immutable.
 *
 * @param jobs those that can be read, so perhaps fewer than were asked for
 * @param before where the next page begins: jobs with a smaller id; empty behind the last
 */
public record HistoryPage(List<Job> jobs, Optional<Long> before) {
  public HistoryPage {
    jobs = List.copyOf(jobs);
  }
}
