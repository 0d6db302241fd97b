package dev.hyperbrush.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hyperbrush.generation.Refusal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class BuiltinFilesTest {
  private static final Path PACKED = Path.of("src/main/resources/dev/hyperbrush/models/tiny");
  private static final String WEIGHTS = "unet/diffusion_pytorch_model.safetensors";

  private final BuiltinFiles files = new BuiltinFiles("/dev/hyperbrush/models/tiny");

  @TempDir Path data;

  @Test
  void unpacksEveryPackedFile() throws Exception {
    Path folder = data.resolve("models/tiny");

    files.unpackTo(folder);

    for (Path packed : filesIn(PACKED)) {
      assertThat(folder.resolve(PACKED.relativize(packed))).hasSameBinaryContentAs(packed);
    }
    assertThat(filesIn(folder)).hasSameSizeAs(filesIn(PACKED));
  }

  @Test
  void leavesGoodFilesAlone() throws Exception {
    files.unpackTo(data);
    Path weights = data.resolve(WEIGHTS);
    FileTime longAgo = FileTime.fromMillis(0);
    Files.setLastModifiedTime(weights, longAgo);

    files.unpackTo(data);

    assertThat(Files.getLastModifiedTime(weights)).isEqualTo(longAgo);
  }

  @Test
  void replacesAFileThatIsDamagedCutOrGone() throws Exception {
    files.unpackTo(data);
    byte[] damaged = Files.readAllBytes(data.resolve(WEIGHTS));
    damaged[damaged.length / 2] ^= 1;
    Files.write(data.resolve(WEIGHTS), damaged);
    Files.write(data.resolve("model_index.json"), new byte[0]);
    Files.delete(data.resolve("vae/config.json"));

    files.unpackTo(data);

    for (String name : List.of(WEIGHTS, "model_index.json", "vae/config.json")) {
      assertThat(data.resolve(name)).hasSameBinaryContentAs(PACKED.resolve(name));
    }
  }

  @Test
  void manyMayUnpackAtOnce() throws Exception {
    Callable<Void> unpack =
        () -> {
          files.unpackTo(data);
          return null;
        };
    try (ExecutorService threads = Executors.newFixedThreadPool(4)) {
      for (Future<Void> done : threads.invokeAll(List.of(unpack, unpack, unpack, unpack))) {
        done.get();
      }
    }

    assertThat(data.resolve(WEIGHTS)).hasSameBinaryContentAs(PACKED.resolve(WEIGHTS));
    assertThat(filesIn(data)).as("nothing unfinished is left").hasSameSizeAs(filesIn(PACKED));
  }

  @Test
  void saysWhichFileCannotBeWrittenAndWhatToDo() throws Exception {
    Files.writeString(data.resolve("unet"), "a file where a folder must be");

    assertThatThrownBy(() -> files.unpackTo(data))
        .isInstanceOf(Refusal.class)
        .hasMessageContaining(data.resolve("unet").toString())
        .hasMessageContaining("in the way")
        .hasMessageContaining("--data");
  }

  @Test
  void aProgramWithoutTheFilesSaysSo() {
    assertThatThrownBy(() -> new BuiltinFiles("/nowhere"))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("/nowhere/SHA256SUMS");
  }

  /** All but the list of hashes, which is not unpacked. */
  private static List<Path> filesIn(Path folder) throws Exception {
    try (Stream<Path> all = Files.walk(folder)) {
      return all.filter(Files::isRegularFile).filter(file -> !file.endsWith("SHA256SUMS")).toList();
    }
  }
}
