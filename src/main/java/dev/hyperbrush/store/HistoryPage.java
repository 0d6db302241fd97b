package dev.hyperbrush.store;

import java.util.List;
import java.util.Optional;

/**
 * A part of a person's history, newest first. Immutable.
 *
 * @param jobs those that can be read and were found so far, so perhaps fewer than were asked for
 * @param before where the next page begins: jobs with a smaller id; empty behind the last
 * @param after where the page of newer jobs ends: jobs with a larger id; empty on the newest page
 */
public record HistoryPage(List<Job> jobs, Optional<Long> before, Optional<Long> after) {
  public HistoryPage {
    jobs = List.copyOf(jobs);
  }
}
