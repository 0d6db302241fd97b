package dev.hyperbrush.command;

import dev.hyperbrush.store.ExportDao.Part;
import dev.hyperbrush.store.HistoryDao;
import dev.hyperbrush.store.HistoryFilter;
import dev.hyperbrush.store.HistoryPage;
import dev.hyperbrush.store.Job;
import java.util.ArrayDeque;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.Queue;

/** The jobs of a part, oldest first, read page by page. Owned by one thread. */
final class PagedJobs implements Iterator<Job> {
  private static final int PAGE = 200;

  private final HistoryDao history;
  private final long personId;
  private final Part part;
  private final Queue<Job> read = new ArrayDeque<>();
  private Optional<Long> after;

  PagedJobs(HistoryDao history, long personId, Part part) {
    this.history = history;
    this.personId = personId;
    this.part = part;
    this.after = Optional.of(part.firstJob() - 1);
  }

  @Override
  public boolean hasNext() {
    while (read.isEmpty() && after.isPresent()) {
      HistoryPage page = history.after(personId, HistoryFilter.NONE, after.get(), PAGE);
      after = page.after().filter(id -> id < part.endJob() - 1);
      page.jobs().reversed().stream().filter(job -> job.id() < part.endJob()).forEach(read::add);
    }
    return !read.isEmpty();
  }

  @Override
  public Job next() {
    if (!hasNext()) {
      throw new NoSuchElementException();
    }
    return read.remove();
  }
}
