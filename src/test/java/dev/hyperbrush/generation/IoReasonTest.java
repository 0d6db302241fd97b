package dev.hyperbrush.generation;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileSystemException;
import org.junit.jupiter.api.Test;

final class IoReasonTest {
  @Test
  void saysWhyAndNeverJustThePath() {
    assertThat(IoReason.of(new AccessDeniedException("a.png"))).isEqualTo("permission denied");
    assertThat(IoReason.of(new DirectoryNotEmptyException("a"))).isEqualTo("DirectoryNotEmpty");
    assertThat(IoReason.of(new FileSystemException("a.png", null, "Read-only file system")))
        .isEqualTo("Read-only file system");
    assertThat(IoReason.of(new IOException("Stream closed"))).isEqualTo("Stream closed");
    assertThat(IoReason.of(new IOException())).isEqualTo("IO");
  }
}
