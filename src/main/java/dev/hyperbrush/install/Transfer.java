package dev.hyperbrush.install;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.concurrent.atomic.AtomicLong;
import okhttp3.Response;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Puts what comes from a source into a file. Thread-safe, one thread for each segment. */
final class Transfer {
  private static final Logger log = LoggerFactory.getLogger(Transfer.class);
  private static final int BUFFER = 1 << 16;

  private final PartialFile file;
  private final RemoteFile remote;
  private final Watcher watcher;
  private final long saveEvery;
  private final AtomicLong unsaved = new AtomicLong();

  Transfer(PartialFile file, RemoteFile remote, Watcher watcher, long saveEvery) {
    this.file = file;
    this.remote = remote;
    this.watcher = watcher;
    this.saveEvery = saveEvery;
  }

  PartialFile file() {
    return file;
  }

  RemoteFile remote() {
    return remote;
  }

  /**
   * Reads until the segment is complete or the answer ends; what goes beyond is not read.
   *
   * @throws DiskFailure when it cannot be written
   */
  void copy(Response answer, Segment segment) throws IOException {
    byte[] buffer = new byte[BUFFER];
    InputStream in = answer.body().byteStream();
    while (!segment.complete()) {
      int wanted = (int) Math.min(BUFFER, segment.to() - segment.next());
      int read = in.read(buffer, 0, wanted);
      if (read < 0) {
        return;
      }
      write(ByteBuffer.wrap(buffer, 0, read), segment);
    }
  }

  private void write(ByteBuffer data, Segment segment) throws DiskFailure {
    int bytes = data.remaining();
    try {
      file.write(data, segment.next());
      segment.arrived(bytes);
      if (unsaved.addAndGet(bytes) >= saveEvery) {
        unsaved.set(0);
        file.save();
      }
    } catch (IOException e) {
      throw new DiskFailure(e);
    }
    watcher.progress(file.done(), remote.length().orElse(-1));
  }

  /** Writes down what has arrived, where that is still possible. */
  void keep() {
    try {
      file.save();
    } catch (IOException e) {
      // What came last is fetched once more; why this has ended is told by what ended it.
      log.debug("What has arrived of {} could not be written down", remote.address(), e);
    }
  }
}
