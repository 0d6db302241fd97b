package dev.hyperbrush.store;

/** A job was not accepted, as its command became one before. Nothing was written. */
public final class RequestRepeated extends RuntimeException {
  private final long jobId;

  RequestRepeated(long jobId) {
    super("became job " + jobId + " before", null, false, false);
    this.jobId = jobId;
  }

  /** The job that the command became; it may be deleted since. */
  public long jobId() {
    return jobId;
  }
}
