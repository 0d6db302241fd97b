package dev.hyperbrush.checkpoint;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Which files of one folder are in use, by this process and by others: nobody deletes those. Files
 * are meant by their keys, hexadecimal hashes. Each key stands for one byte of a lock file, which
 * users lock as shared. (The files themselves are not locked: on POSIX a lock goes when any other
 * handle of the same file is closed.) Where the file system knows no locks, only this process's own
 * uses count.
 *
 * <p>Thread-safe; one for each folder in a process.
 */
final class UsedFiles {
  private static final String LOCK_FILE = ".lock";

  /** So many hexadecimal digits make a place that fits a positive long. */
  private static final int PLACE_DIGITS = 15;

  /** Together far longer than deleting takes. */
  private static final int TRIES = 5_000;

  private static final Duration PAUSE = Duration.ofMillis(2);

  private static final Map<Path, UsedFiles> FOLDERS = new HashMap<>();

  private final Path folder;
  private final ReentrantLock writing = new ReentrantLock();
  private final Map<String, Integer> users = new HashMap<>();
  private final Map<String, FileLock> locks = new HashMap<>();
  private @Nullable FileChannel channel;

  /** One user of one file, until it is closed. */
  interface Use extends AutoCloseable {
    @Override
    void close();
  }

  /** What may fail as reading and writing do. */
  interface Deletion {
    void run() throws IOException;
  }

  private UsedFiles(Path folder) {
    this.folder = folder;
  }

  /**
   * The one of this folder.
   *
   * @param folder an existing one, as its real path
   */
  static UsedFiles in(Path folder) {
    synchronized (FOLDERS) {
      return FOLDERS.computeIfAbsent(folder, UsedFiles::new);
    }
  }

  /** Held while a file is made, so that nobody in this process makes the same one beside. */
  ReentrantLock writing() {
    return writing;
  }

  /** From now on nobody deletes the file of this key, whether or not it exists yet. */
  synchronized Use use(String key) {
    if (users.merge(key, 1, Integer::sum) == 1) {
      lock(key, true);
    }
    boolean[] closed = {false};
    return () -> {
      if (!closed[0]) {
        closed[0] = true;
        leave(key);
      }
    };
  }

  private synchronized void leave(String key) {
    if (Objects.requireNonNull(users.merge(key, -1, Integer::sum)) == 0) {
      users.remove(key);
      unlock(key);
    }
  }

  /** Deletes unless the file is in use. Says whether it did. */
  synchronized boolean deleteUnused(String key, Deletion deletion) throws IOException {
    if (users.containsKey(key) || !lock(key, false)) {
      return false;
    }
    try {
      deletion.run();
      return true;
    } finally {
      unlock(key);
    }
  }

  /** False where another process has it. */
  private boolean lock(String key, boolean shared) {
    try {
      if (channel == null) {
        channel =
            FileChannel.open(
                folder.resolve(LOCK_FILE),
                StandardOpenOption.CREATE,
                StandardOpenOption.READ,
                StandardOpenOption.WRITE);
      }
      FileLock lock = channel.tryLock(place(key), 1, shared);
      for (int i = 0; shared && lock == null && i < TRIES; i++) {
        LockSupport.parkNanos(PAUSE.toNanos()); // another process is deleting the file
        lock = channel.tryLock(place(key), 1, true);
      }
      if (lock == null) {
        return false;
      }
      locks.put(key, lock);
    } catch (IOException e) {
      return true; // a file system without locks
    }
    return true;
  }

  private void unlock(String key) {
    FileLock lock = locks.remove(key);
    try {
      if (lock != null) {
        lock.release();
      }
      if (locks.isEmpty() && channel != null) {
        channel.close();
        channel = null;
      }
    } catch (IOException e) {
      channel = null; // the lock ended with the file that it was on
    }
  }

  private static long place(String key) {
    return Long.parseLong(key.substring(0, PLACE_DIGITS), 16);
  }
}
