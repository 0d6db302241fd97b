package dev.hyperbrush.delivery;

import dev.hyperbrush.store.Database;
import dev.hyperbrush.store.Job;
import dev.hyperbrush.store.JobDao;
import dev.hyperbrush.store.JobState;
import dev.hyperbrush.store.Picture;
import dev.hyperbrush.store.PictureDao;
import java.util.List;
import java.util.Optional;

/** What there is to tell of jobs that have ended. Thread-safe. */
final class Ended {
  private final JobDao jobs;
  private final PictureDao pictures;

  Ended(Database database) {
    this.jobs = new JobDao(database);
    this.pictures = new PictureDao(database);
  }

  Optional<Job> job(long id) {
    return jobs.find(id);
  }

  List<Picture> pictures(Job job) {
    return job.state() == JobState.DONE ? pictures.of(job.id()) : List.of();
  }
}
