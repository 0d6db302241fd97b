package dev.hyperbrush.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hyperbrush.checkpoint.FusionSettings.Precision;
import dev.hyperbrush.generation.ReasonCode;
import dev.hyperbrush.generation.Refusal;
import dev.hyperbrush.tensor.Tensor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What lies in the folder of fused weights, and when. */
final class FusedCacheTest {
  private static final String NAME = "conv_in";

  /** 100 x 1,000 floats, and a header. */
  private static final long ONE_FILE = 401_000;

  @TempDir Path temp;
  private Path folder;

  @BeforeEach
  void locate() {
    folder = temp.resolve("cache/fused");
  }

  @Test
  void theSameIsNotComputedAgainByWhoComesLater() throws IOException {
    AppliedLora lora = lora("a");
    Path file;
    try (LoraFusion fusion = fusion(DType.F16)) {
      assertThat(fusion.fuse(List.of(lora)).computed()).isEqualTo(1);
      file = fusion.weights("unet").get(NAME + ".weight").file();
    }
    FileTime written = Files.getLastModifiedTime(file);
    try (LoraFusion later = fusion(DType.F16)) {
      LoraFusion.Change change = later.fuse(List.of(lora));
      assertThat(change.computed()).isZero();
      assertThat(change.reused()).isEqualTo(1);
      assertThat(later.weights("unet").get(NAME + ".weight").file()).isEqualTo(file);
      // Others tell the version of these weights by it.
      assertThat(Files.getLastModifiedTime(file)).isEqualTo(written);
    }
  }

  @Test
  void damagedFilesAreMadeAnew() throws IOException {
    AppliedLora lora = lora("a");
    Path file;
    try (LoraFusion fusion = fusion(DType.F16)) {
      fusion.fuse(List.of(lora));
      file = fusion.weights("unet").get(NAME + ".weight").file();
    }
    byte[] whole = Files.readAllBytes(file);
    byte[] cut = Arrays.copyOf(whole, whole.length - 1);
    byte[] other = whole.clone();
    other[20] ^= 1;
    for (byte[] damaged : List.of(cut, other, new byte[0])) {
      Files.write(file, damaged);
      try (LoraFusion fusion = fusion(DType.F16)) {
        assertThat(fusion.fuse(List.of(lora)).computed()).isEqualTo(1);
      }
      assertThat(Files.readAllBytes(file)).isEqualTo(whole);
    }
  }

  @Test
  void anEmptiedFolderIsFilledAgainWhenItIsNeeded() throws IOException {
    try (LoraFusion fusion = fusion(DType.F16)) {
      fusion.fuse(List.of(lora("a")));
      Path file = fusion.weights("unet").get(NAME + ".weight").file();
      Files.delete(file);
      assertThat(fusion.weights("unet").get(NAME + ".weight").read().data()).containsOnly(2);
      assertThat(file).exists();
    }
  }

  @Test
  void theLongestUnusedGoButNoneInUse() throws IOException {
    FusionSettings two = new FusionSettings(Precision.FULL, OptionalLong.of(2 * ONE_FILE));
    try (LoraFusion first = fusion(DType.F16, two);
        LoraFusion second = fusion(DType.F16, two)) {
      first.fuse(List.of(lora("a")));
      Path inUse = first.weights("unet").get(NAME + ".weight").file();
      second.fuse(List.of(lora("b")));
      Path unused = second.weights("unet").get(NAME + ".weight").file();
      second.fuse(List.of());
      second.fuse(List.of(lora("c")));
      assertThat(inUse).exists();
      assertThat(unused).doesNotExist();
      assertThat(files()).hasSize(2);
      assertThatThrownBy(() -> first.fuse(List.of(lora("d"))))
          .isInstanceOfSatisfying(
              Refusal.class, full -> assertThat(full.code()).isEqualTo(ReasonCode.FUSED_NO_ROOM))
          .hasMessageContaining("need 1 MB in")
          .hasMessageContaining("fused")
          .hasMessageContaining("only 1 MB are left");
      assertThat(files()).hasSize(2);
      assertThat(first.weights("unet").get(NAME + ".weight").file()).isEqualTo(inUse);
    }
  }

  @Test
  void whatOthersLeftHalfWrittenGoes() throws IOException {
    Files.createDirectories(folder);
    String half =
        "0".repeat(64) + ".safetensors.00000000-0000-0000-0000-000000000000" + FusedRoom.PART;
    Files.write(folder.resolve(half), new byte[9]);
    Path foreign = Files.write(folder.resolve("notes.txt"), new byte[9]);
    try (LoraFusion fusion = fusion(DType.F16)) {
      fusion.fuse(List.of(lora("a")));
    }
    assertThat(folder.resolve(half)).doesNotExist();
    assertThat(foreign).exists();
  }

  @Test
  void nothingIsLeftOfWhatFails() throws IOException {
    AppliedLora lora = lora("a");
    try (LoraFusion fusion = fusion(DType.F16)) {
      Files.delete(lora.file().path());
      assertThatThrownBy(() -> fusion.fuse(List.of(lora))).isInstanceOf(Refusal.class);
      assertThat(files()).isEmpty();
      assertThat(fusion.weights("unet").get(NAME + ".weight").dtype()).isEqualTo(DType.F16);
    }
  }

  @Test
  void aFolderThatCannotBeMadeIsNamed() throws IOException {
    Files.createDirectories(temp.resolve("cache"));
    Files.write(folder, new byte[1]);
    try (LoraFusion fusion = fusion(DType.F16)) {
      assertThatThrownBy(() -> fusion.fuse(List.of(lora("a"))))
          .isInstanceOfSatisfying(
              Refusal.class,
              refusal -> assertThat(refusal.code()).isEqualTo(ReasonCode.DATA_NOT_WRITABLE))
          .hasMessageContaining(folder.toString());
    }
  }

  @ParameterizedTest
  @CsvSource({
    "AUTO, F16, F32", "AUTO, F32, F32", "FULL, BF16, F32",
    "BASE, F16, F16", "BASE, BF16, BF16", "BASE, F32, F32"
  })
  void isStoredAsItIsSet(Precision precision, DType base, DType stored) throws IOException {
    try (LoraFusion fusion = fusion(base, new FusionSettings(precision, OptionalLong.empty()))) {
      fusion.fuse(List.of(lora("a")));
      WeightTensor fused = fusion.weights("unet").get(NAME + ".weight");
      assertThat(fused.dtype()).isEqualTo(stored);
      assertThat(fused.read().data()).containsOnly(2);
    }
  }

  private LoraFusion fusion(DType dtype) throws IOException {
    return fusion(dtype, FusionSettings.standard());
  }

  /** Of a model with one layer, in which every weight is 1. */
  private LoraFusion fusion(DType dtype, FusionSettings settings) throws IOException {
    Path file = temp.resolve(dtype + ".model");
    if (!Files.exists(file)) {
      SafetensorsWriter.write(file, dtype, Map.of(NAME + ".weight", filled(100, 1000)));
    }
    return new LoraFusion(
        List.of(Weights.of("unet", SafetensorsFile.open(file))), new FusedCache(folder, settings));
  }

  /** Adds 1 to every weight. */
  private AppliedLora lora(String name) throws IOException {
    Path file = temp.resolve(name + ".safetensors");
    SafetensorsWriter.write(
        file,
        DType.F16,
        Map.of(
            "lora_unet_" + NAME + ".lora_up.weight", filled(100, 1),
            "lora_unet_" + NAME + ".lora_down.weight", filled(1, 1000)));
    return new AppliedLora(LoraFile.open(file), 1);
  }

  private List<Path> files() throws IOException {
    try (Stream<Path> all = Files.list(folder)) {
      return all.filter(file -> file.toString().contains(".safetensors")).toList();
    }
  }

  private static Tensor filled(int... shape) {
    Tensor tensor = Tensor.zeros(shape);
    Arrays.fill(tensor.data(), 1);
    return tensor;
  }
}
