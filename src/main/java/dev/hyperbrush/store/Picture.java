package dev.hyperbrush.store;

import dev.hyperbrush.generation.Seed;

/**
 * A finished picture.
 *
 * @param index within its job, from 0
 * @param seed its own, so {@code job.request().seed().plus(index)}
 * @param sha256 of the file, 64 hexadecimal digits; also the file's name
 * @param width of the file, which may be enlarged
 * @param height of the file
 * @param bytes of the file
 * @param favourite whether its owner wants to keep it
 */
public record Picture(
    long jobId,
    int index,
    Seed seed,
    String sha256,
    int width,
    int height,
    long bytes,
    boolean favourite) {
  /** One that was just drawn. */
  public Picture(
      long jobId, int index, Seed seed, String sha256, int width, int height, long bytes) {
    this(jobId, index, seed, sha256, width, height, bytes, false);
  }
}
