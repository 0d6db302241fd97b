package dev.hyperbrush.command;

import dev.hyperbrush.generation.Refusal;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.NoSuchFileException;
import java.util.Iterator;
import java.util.Objects;
import java.util.Optional;
import java.util.zip.Deflater;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A zip file, made piece by piece while it is read, so that it needs neither memory nor room on the
 * disk. An entry that is gone when its turn comes is left out. Owned by one thread at a time.
 */
final class Zipped extends InputStream {
  private static final Logger log = LoggerFactory.getLogger(Zipped.class);

  private static final int PIECE = 64 * 1024;

  private final Iterator<Entry> entries;
  private final Runnable whenClosed;
  private final Pieces made = new Pieces();
  private final ZipOutputStream zip = new ZipOutputStream(made);
  private Optional<InputStream> current = Optional.empty();
  private boolean finished;
  private boolean closed;

  /**
   * Of these entries.
   *
   * @param whenClosed runs once
   */
  Zipped(Iterator<Entry> entries, Runnable whenClosed) {
    this.entries = entries;
    this.whenClosed = whenClosed;
  }

  /** What is made and not yet read. */
  private static final class Pieces extends ByteArrayOutputStream {
    private int next;

    int take(byte[] bytes, int offset, int length) {
      int taken = Math.min(length, count - next);
      System.arraycopy(buf, next, bytes, offset, taken);
      next += taken;
      if (next == count) {
        next = 0;
        reset();
      }
      return taken;
    }

    boolean isEmpty() {
      return next == count;
    }
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
  }

  @Override
  public int read(byte[] bytes, int offset, int length) throws IOException {
    Objects.checkFromIndexSize(offset, length, bytes.length);
    if (length == 0) {
      return 0;
    }
    while (made.isEmpty() && !finished) {
      makeMore();
    }
    return made.isEmpty() ? -1 : made.take(bytes, offset, length);
  }

  private void makeMore() throws IOException {
    if (current.isPresent()) {
      byte[] piece = current.get().readNBytes(PIECE);
      zip.write(piece);
      if (piece.length < PIECE) {
        endCurrent();
      }
    } else if (entries.hasNext()) {
      begin(entries.next());
    } else {
      zip.finish();
      finished = true;
    }
  }

  private void begin(Entry entry) throws IOException {
    try {
      current = Optional.of(entry.source().open());
    } catch (Refusal | NoSuchFileException gone) {
      log.info("{} is left out: {}", entry.name(), gone.getMessage());
      return;
    }
    zip.setLevel(entry.packed() ? Deflater.DEFAULT_COMPRESSION : Deflater.NO_COMPRESSION);
    zip.putNextEntry(new ZipEntry(entry.name()));
  }

  private void endCurrent() throws IOException {
    InputStream ended = current.orElseThrow();
    current = Optional.empty();
    zip.closeEntry();
    ended.close();
  }

  @Override
  public void close() throws IOException {
    if (closed) {
      return;
    }
    closed = true;
    try {
      if (current.isPresent()) {
        current.get().close();
      }
    } finally {
      whenClosed.run();
    }
  }
}
