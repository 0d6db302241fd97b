package dev.hyperbrush.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.hyperbrush.Reference;
import dev.hyperbrush.generation.Refusal;
import dev.hyperbrush.tensor.Tensor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

final class SafetensorsFileTest {
  private static final Tensor MATRIX =
      new Tensor(new int[] {2, 3}, new float[] {1, -2, 3, 0.5f, 0, 8});

  @TempDir Path folder;

  @ParameterizedTest
  @EnumSource(names = {"F32", "F16", "BF16", "F64"})
  void readsEveryFloatTypeAsFloats(DType dtype) throws IOException {
    Tensor scalar = new Tensor(new int[0], new float[] {4});
    Path path =
        SafetensorsWriter.write(folder.resolve("a"), dtype, Map.of("m", MATRIX, "s", scalar));
    SafetensorsFile file = SafetensorsFile.open(path);
    assertThat(file.read("m").data()).containsExactly(MATRIX.data());
    assertThat(file.read("m").shape()).containsExactly(2, 3);
    assertThat(file.read("s").data()).containsExactly(4);
  }

  @Test
  void readsWholeNumbersAndLongTensors() throws IOException {
    float[] many = new float[700_000]; // more than one chunk of reading
    for (int i = 0; i < many.length; i++) {
      many[i] = i;
    }
    Path path =
        SafetensorsWriter.write(
            folder.resolve("a"), DType.F32, Map.of("m", new Tensor(new int[] {many.length}, many)));
    assertThat(SafetensorsFile.open(path).read("m").data()).isEqualTo(many);

    byte[] data = {7, 0, 0, 0, 0, 0, 0, 0, -1, -1, -1, -1};
    String header =
        """
        {"l":{"dtype":"I64","shape":[1],"data_offsets":[0,8]},
         "i":{"dtype":"I32","shape":[1],"data_offsets":[8,12]}}\
        """;
    SafetensorsFile whole =
        SafetensorsFile.open(SafetensorsWriter.write(folder.resolve("b"), header, data));
    assertThat(whole.read("l").data()).containsExactly(7);
    assertThat(whole.read("i").data()).containsExactly(-1);
  }

  @Test
  void knowsWhereTensorsLieAndWhatTheMakersWrote() throws IOException {
    String header =
        """
        {"__metadata__":{"format":"pt","nested":{"x":1}},
         "m":{"dtype":"F32","shape":[1],"data_offsets":[2,6]}}
        """;
    Path path = SafetensorsWriter.write(folder.resolve("a"), header, new byte[6]);
    SafetensorsFile file = SafetensorsFile.open(path);
    assertThat(file.metadata()).containsOnly(Map.entry("format", "pt"));
    assertThat(file.find("m"))
        .contains(
            new WeightTensor(
                "m", DType.F32, List.of(1L), path.toRealPath(), 8 + header.length() + 2, 4));
    assertThat(file.find("n")).isEmpty();
    assertThatThrownBy(() -> file.read("n"))
        .isInstanceOf(Refusal.class)
        .hasMessageContaining("no tensor 'n' in " + path.toRealPath());
  }

  @Test
  void followsLinksToTheRealFile() throws IOException {
    Path real = SafetensorsWriter.write(folder.resolve("blob"), DType.F32, Map.of("m", MATRIX));
    Path link = Files.createSymbolicLink(folder.resolve("model.safetensors"), real);
    assertThat(SafetensorsFile.open(link).path()).isEqualTo(real.toRealPath());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "[]                                                             | no JSON object",
        "{\"m\":                                                        | cannot be read",
        "{} {}                                                          | goes on after",
        "{\"m\":3}                                                      | 'm'",
        "{\"m\":{}}                                                     | no dtype, shape or place",
        "{\"m\":{\"dtype\":\"F32\",\"shape\":[1]}}                      | no dtype, shape or place",
        "{\"m\":{\"dtype\":\"Q4\",\"shape\":[1],\"data_offsets\":[0,4]}}  | unknown type 'Q4'",
        "{\"m\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,4]}} | does not fit its 4"
            + " bytes",
        "{\"m\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[4,0]}} | before it begins",
        "{\"m\":{\"dtype\":\"F32\",\"shape\":[9],\"data_offsets\":[0,36]}} | cut off",
        "{\"m\":{\"dtype\":\"F32\",\"shape\":[-1],\"data_offsets\":[0,4]}} | bad number in shape",
        "{\"m\":{\"dtype\":\"F32\",\"shape\":[1.5],\"data_offsets\":[0,4]}} | bad number in shape",
        "{\"m\":{\"dtype\":\"F32\",\"shape\":[1,1,1,1,1,1,1,1,1],\"data_offsets\":[0,4]}} | too"
            + " many",
        "{\"m\":{\"dtype\":\"F32\",\"shape\":[99999999999999999999],\"data_offsets\":[0,4]}} |"
            + " range",
        "{\"m\":{\"dtype\":\"F32\",\"shape\":[4294967296,4294967296],\"data_offsets\":[0,4]}}"
            + " | impossible shape",
        "{\"m\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[0,4]},\"m\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[4,8]}}"
            + " | Duplicate field 'm'",
        "{\"m\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,8]},"
            + "\"n\":{\"dtype\":\"F16\",\"shape\":[1],\"data_offsets\":[7,9]}} | 'n'",
      })
  void refusesWrongHeaders(String header, String named) throws IOException {
    Path path = SafetensorsWriter.write(folder.resolve("wrong.safetensors"), header, new byte[12]);
    assertThatThrownBy(() -> SafetensorsFile.open(path))
        .isInstanceOf(Refusal.class)
        .hasMessageContaining(named)
        .hasMessageContaining("wrong.safetensors")
        .hasMessageEndingWith("again.");
  }

  @ParameterizedTest
  @ValueSource(longs = {0, 1, 99, 100_000_001, Long.MAX_VALUE, -1, Long.MIN_VALUE})
  void refusesAbsurdHeaderSizes(long size) throws IOException {
    byte[] bytes = new byte[64];
    for (int i = 0; i < 8; i++) {
      bytes[i] = (byte) (size >>> (8 * i));
    }
    Path path = Files.write(folder.resolve("absurd"), bytes);
    assertThatThrownBy(() -> SafetensorsFile.open(path))
        .isInstanceOf(Refusal.class)
        .hasMessageContaining("header claims");
  }

  @Test
  void refusesAbsentFilesAndFolders() {
    assertThatThrownBy(() -> SafetensorsFile.open(folder.resolve("none")))
        .isInstanceOf(Refusal.class)
        .hasMessageContaining("There is no file");
    assertThatThrownBy(() -> SafetensorsFile.open(folder)).isInstanceOf(Refusal.class);
  }

  @Test
  void noticesWhenTheFileShrinksAfterOpening() throws IOException {
    Path path = SafetensorsWriter.write(folder.resolve("a"), DType.F32, Map.of("m", MATRIX));
    SafetensorsFile file = SafetensorsFile.open(path);
    Files.write(path, Arrays.copyOf(Files.readAllBytes(path), 40));
    assertThatThrownBy(() -> file.read("m"))
        .isInstanceOf(Refusal.class)
        .hasMessageContaining("shorter");
  }

  @Test
  void damagedFilesAreRefusedOrReadButNeverCrash() throws IOException {
    byte[] good = Files.readAllBytes(Reference.path("lora/lora_kohya.safetensors"));
    int headerEnd = 8 + (good[0] & 0xff) + ((good[1] & 0xff) << 8);
    Random random = new Random(1);
    int refused = 0;
    for (int round = 0; round < 400; round++) {
      byte[] damaged =
          round % 4 == 0 ? Arrays.copyOf(good, random.nextInt(good.length)) : good.clone();
      for (int flips = random.nextInt(4); flips >= 0 && damaged.length > 0; flips--) {
        damaged[random.nextInt(Math.min(headerEnd, damaged.length))] ^=
            (byte) (1 << random.nextInt(8));
      }
      Path path = Files.write(folder.resolve("damaged"), damaged);
      Throwable thrown = catchThrowable(() -> readAll(path));
      if (thrown != null) {
        assertThat(thrown).isInstanceOf(Refusal.class);
        refused++;
      }
    }
    assertThat(refused).isBetween(200, 399);
  }

  private static void readAll(Path path) {
    SafetensorsFile file = SafetensorsFile.open(path);
    file.names().forEach(file::read);
  }
}
