package dev.hyperbrush.install;

import dev.hyperbrush.generation.IoReason;
import dev.hyperbrush.generation.Phrase;
import dev.hyperbrush.generation.ReasonCode;
import dev.hyperbrush.generation.Refusal;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/** Held while the models of a data folder are changed, so that two processes do not at once. */
final class InstallLock implements AutoCloseable {
  private final FileChannel channel;

  private InstallLock(FileChannel channel) {
    this.channel = channel;
  }

  /**
   * @throws Refusal when another process holds it
   */
  static InstallLock take(Path data) {
    Path file = data.resolve("downloads.lock");
    try {
      Files.createDirectories(data);
      FileChannel channel =
          FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      if (lock(channel) == null) {
        channel.close();
        throw new Refusal(ReasonCode.DOWNLOAD_IN_PROGRESS, data);
      }
      return new InstallLock(channel);
    } catch (IOException e) {
      throw new Refusal(Phrase.of(ReasonCode.DATA_NOT_WRITABLE, file, IoReason.of(e)), e);
    }
  }

  private static @Nullable FileLock lock(FileChannel channel) throws IOException {
    try {
      return channel.tryLock();
    } catch (OverlappingFileLockException e) {
      return null; // held by this very process
    }
  }

  /** The system lets go of it when the process ends, however that happens. */
  @Override
  public void close() {
    try {
      channel.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
