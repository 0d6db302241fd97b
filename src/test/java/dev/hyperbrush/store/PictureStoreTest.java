package dev.hyperbrush.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.hyperbrush.generation.ReasonCode;
import dev.hyperbrush.generation.Refusal;
import dev.hyperbrush.generation.Seed;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class PictureStoreTest {
  /** SHA-256 of "abc", FIPS 180-2 appendix B.1. */
  private static final String ABC =
      "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";

  private static final byte[] BYTES = {'a', 'b', 'c'};

  @TempDir private Path data;
  private PictureStore store;

  @BeforeEach
  void open() {
    store = PictureStore.open(data);
  }

  @Test
  void namesAFileByItsContent() throws Exception {
    assertThat(store.add(BYTES)).isEqualTo(ABC);

    Path file = store.file(picture(ABC));
    assertThat(file).isEqualTo(data.resolve("pictures/ba").resolve(ABC + ".png"));
    assertThat(file).hasBinaryContent(BYTES);
    assertThat(files()).containsExactly(file);
  }

  @Test
  void keepsEqualPicturesOnce() throws Exception {
    store.add(BYTES);
    store.add(BYTES);
    assertThat(files()).hasSize(1);
  }

  @Test
  void writesACutFileAgain() throws Exception {
    store.add(BYTES);
    Files.write(store.file(picture(ABC)), new byte[] {'a'});

    store.add(BYTES);

    assertThat(store.file(picture(ABC))).hasBinaryContent(BYTES);
  }

  @Test
  void saysWhenAFileIsGone() {
    store.add(BYTES);
    store.delete(ABC);
    store.delete(ABC);
    assertThatExceptionOfType(Refusal.class)
        .isThrownBy(() -> store.file(picture(ABC)))
        .withMessageContaining(ABC)
        .extracting(Refusal::code)
        .isEqualTo(ReasonCode.PICTURE_MISSING);
  }

  @Test
  void aHashIsNoPath() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> store.file(picture("../../../../etc/passwd")));
  }

  @Test
  void removesWhatAKilledProcessLeft() throws Exception {
    Files.write(data.resolve("pictures/incoming/123.png"), BYTES);
    PictureStore.open(data);
    assertThat(files()).isEmpty();
  }

  @Test
  void saysWhenAFileCannotBeWrittenAndLeavesNothing() throws Exception {
    Files.createFile(data.resolve("pictures/ba")); // where the folder should be
    Refusal refusal = catchThrowableOfType(Refusal.class, () -> store.add(BYTES));
    assertThat(refusal.code()).isEqualTo(ReasonCode.STORAGE_NOT_WRITABLE);
    assertThat(refusal).hasMessageContaining(ABC);
    assertThat(files()).containsExactly(data.resolve("pictures/ba"));
  }

  @Test
  void saysWhenItsFolderCannotBeMade() throws Exception {
    Path notAFolder = Files.createFile(data.resolve("file"));
    assertThatExceptionOfType(Refusal.class)
        .isThrownBy(() -> PictureStore.open(notAFolder))
        .withMessageContaining(notAFolder.toString());
  }

  @Test
  void knowsAFullDisk() {
    Path full = Path.of("/dev/full");
    assumeTrue(Files.isWritable(full), "skipped: only Linux has /dev/full");
    IOException failure = catchThrowableOfType(IOException.class, () -> Files.write(full, BYTES));
    Refusal refusal = Disk.refusal(failure, data);
    assertThat(refusal.code()).isEqualTo(ReasonCode.STORAGE_FULL);
    assertThat(refusal).hasMessageContaining(data.toString());
  }

  @Test
  void writesNothingWithoutRoom() {
    Disk.requireRoom(data.resolve("no/such/folder"), 1);
    assertThatExceptionOfType(Refusal.class)
        .isThrownBy(() -> Disk.requireRoom(data, Long.MAX_VALUE))
        .withMessageContaining(data.toString())
        .extracting(Refusal::code)
        .isEqualTo(ReasonCode.STORAGE_FULL);
  }

  private static Picture picture(String sha256) {
    return new Picture(1, 0, new Seed(1), sha256, 1, 1, 3);
  }

  private List<Path> files() throws IOException {
    try (var files = Files.walk(data.resolve("pictures"))) {
      return files.filter(Files::isRegularFile).toList();
    }
  }
}
