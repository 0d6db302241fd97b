package dev.hyperbrush.store;

import dev.hyperbrush.generation.Phrase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Keeps rows and files of pictures in step: the file is there before its row, and goes with its
 * last row. Thread-safe; one at a time, so that no file is deleted while an equal one is added.
 */
public final class Gallery {
  private final JobDao jobs;
  private final LeaseDao leases;
  private final PictureDao rows;
  private final PictureStore files;

  public Gallery(JobDao jobs, LeaseDao leases, PictureDao rows, PictureStore files) {
    this.jobs = jobs;
    this.leases = leases;
    this.rows = rows;
    this.files = files;
  }

  /**
   * Stores the pictures of a running job and ends it, all or nothing.
   *
   * @param owner whose lease the job is
   * @return false when the job is not the owner's any more, was deleted, or was asked to stop
   * @throws dev.hyperbrush.generation.Refusal when there is no room
   */
  public synchronized boolean finish(
      Job job, String owner, List<EncodedPicture> encoded, List<Phrase> notices, Instant now) {
    List<Picture> pictures = new ArrayList<>();
    try {
      for (EncodedPicture picture : encoded) {
        pictures.add(add(job, pictures.size(), picture));
      }
      boolean finished = leases.finish(job, owner, pictures, notices, now);
      if (!finished) {
        deleteUnused(pictures);
      }
      return finished;
    } catch (RuntimeException e) {
      try {
        deleteUnused(pictures);
      } catch (RuntimeException second) {
        e.addSuppressed(second);
      }
      throw e;
    }
  }

  private Picture add(Job job, int index, EncodedPicture picture) {
    String sha256 = files.add(picture.bytes());
    return new Picture(
        job.id(),
        index,
        job.request().seed().plus(index),
        sha256,
        picture.width(),
        picture.height(),
        picture.bytes().length);
  }

  /** Deletes a job with its pictures; false when there is none. */
  public synchronized boolean delete(long jobId, Instant now) {
    List<Picture> pictures = rows.of(jobId);
    boolean deleted = jobs.delete(jobId, now);
    deleteUnused(pictures);
    return deleted;
  }

  /** Deletes an ended job that is not kept any longer, with its pictures. */
  public synchronized boolean retire(long jobId, Instant now) {
    List<Picture> pictures = rows.of(jobId);
    boolean retired = jobs.retire(jobId, now);
    deleteUnused(pictures);
    return retired;
  }

  /**
   * Deletes all files that no picture is in, as a process leaves that is killed at a bad moment.
   *
   * @param olderThan younger ones may be of a picture whose row another process is writing
   */
  public int deleteOrphans(Instant olderThan) {
    AtomicInteger count = new AtomicInteger();
    try {
      files.forEach(file -> {
        if (isOlder(file, olderThan) && deleteIfUnused(PictureStore.sha256(file))) {
          count.incrementAndGet();
        }
      });
    } catch (IOException e) {
      throw Disk.refusal(e, files.folder());
    }
    return count.get();
  }

  private static boolean isOlder(Path file, Instant moment) throws IOException {
    return Files.exists(file) && Files.getLastModifiedTime(file).toInstant().isBefore(moment);
  }

  private void deleteUnused(List<Picture> pictures) {
    pictures.forEach(picture -> deleteIfUnused(picture.sha256()));
  }

  private synchronized boolean deleteIfUnused(String sha256) {
    boolean unused = !rows.isUsed(sha256);
    if (unused) {
      files.delete(sha256);
    }
    return unused;
  }
}
