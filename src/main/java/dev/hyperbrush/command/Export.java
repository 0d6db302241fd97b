package dev.hyperbrush.command;

import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import dev.hyperbrush.generation.Phrase;
import dev.hyperbrush.generation.ReasonCode;
import dev.hyperbrush.generation.Refusal;
import dev.hyperbrush.queue.JobQueue;
import dev.hyperbrush.store.ExportDao;
import dev.hyperbrush.store.ExportDao.Part;
import dev.hyperbrush.store.HistoryDao;
import dev.hyperbrush.store.Job;
import dev.hyperbrush.store.Picture;
import dev.hyperbrush.store.PictureStore;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.ArrayDeque;
import java.util.Collections;
import java.util.Deque;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Hands people their own: the pictures as they are, with the settings in them, and all else as
 * JSON. One at a time for each person. Thread-safe.
 */
final class Export {
  private final ObjectWriter json =
      JsonMapper.builder()
          .addModule(new JavaTimeModule())
          .addModule(new Jdk8Module())
          .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
          .build()
          .writer();

  private final ExportDao own;
  private final HistoryDao history;
  private final JobQueue queue;
  private final PictureStore files;
  private final Set<Long> running = ConcurrentHashMap.newKeySet();

  Export(ExportDao own, HistoryDao history, JobQueue queue, PictureStore files) {
    this.own = own;
    this.history = history;
    this.queue = queue;
    this.files = files;
  }

  /** All that a person has, in parts of so many bytes. */
  List<Part> parts(long personId, long bytes) {
    return own.parts(personId, bytes);
  }

  /**
   * One part as a zip file.
   *
   * @param readme what is in it, in words
   * @param withRecords whether all that is not about jobs comes with it
   * @throws Refusal while another is read
   */
  InputStream open(long personId, Optional<Part> part, String readme, boolean withRecords) {
    requireNone(personId);
    if (!running.add(personId)) {
      throw new Refusal(ReasonCode.EXPORT_RUNNING);
    }
    Deque<Entry> first = new ArrayDeque<>();
    first.add(new Entry("README.txt", true, () -> text(readme)));
    if (withRecords) {
      own.records(personId).forEach((name, rows) -> first.add(records(name, rows)));
    }
    Iterator<Job> jobs = Collections.emptyIterator();
    if (part.isPresent()) {
      first.add(new Entry("jobs.json", true, () -> list(personId, part.get())));
      jobs = new PagedJobs(history, personId, part.get());
    }
    return new Zipped(new Entries(first, jobs), () -> running.remove(personId));
  }

  private Entry records(String name, List<Map<String, Object>> rows) {
    return new Entry(name + ".json", true, () -> new JsonList<>(rows.iterator(), row -> row, json));
  }

  private InputStream list(long personId, Part part) {
    return new JsonList<>(new PagedJobs(history, personId, part), this::row, json);
  }

  /** What is ready, then the pictures of one job after the other. */
  private final class Entries implements Iterator<Entry> {
    private final Deque<Entry> ready;
    private final Iterator<Job> jobs;

    Entries(Deque<Entry> ready, Iterator<Job> jobs) {
      this.ready = ready;
      this.jobs = jobs;
    }

    @Override
    public boolean hasNext() {
      while (ready.isEmpty() && jobs.hasNext()) {
        queue.pictures(jobs.next().id()).stream().map(Export.this::entry).forEach(ready::add);
      }
      return !ready.isEmpty();
    }

    @Override
    public Entry next() {
      if (!hasNext()) {
        throw new NoSuchElementException();
      }
      return ready.remove();
    }
  }

  private Entry entry(Picture picture) {
    return new Entry(name(picture), false, () -> Files.newInputStream(files.file(picture)));
  }

  /** Refuses while an export of the person is read. */
  void requireNone(long personId) {
    if (running.contains(personId)) {
      throw new Refusal(ReasonCode.EXPORT_RUNNING);
    }
  }

  private static InputStream text(String text) {
    return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
  }

  private static String name(Picture picture) {
    return "pictures/" + picture.jobId() + "-" + (picture.index() + 1) + ".png";
  }

  private Map<String, Object> row(Job job) {
    Map<String, Object> row = new LinkedHashMap<>();
    row.put("number", job.id());
    row.put("created", job.createdAt());
    row.put("finished", job.finishedAt());
    row.put("state", job.state());
    row.put("platform", job.origin().platform());
    row.put("channel", job.origin().channel());
    row.put("server", job.origin().server());
    row.put("request", job.request());
    row.put("parent", job.parent());
    row.put("failure", job.failure().map(Phrase::english));
    row.put("notices", job.notices().stream().map(Phrase::english).toList());
    row.put("pictures", queue.pictures(job.id()).stream().map(Export::row).toList());
    return row;
  }

  private static Map<String, Object> row(Picture picture) {
    Map<String, Object> row = new LinkedHashMap<>();
    row.put("file", name(picture));
    row.put("seed", picture.seed().value());
    row.put("sha256", picture.sha256());
    row.put("width", picture.width());
    row.put("height", picture.height());
    row.put("favourite", picture.favourite());
    return row;
  }
}
