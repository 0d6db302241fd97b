package dev.hyperbrush.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

/** The command line, as a shell hands it over. */
final class MainTest {
  @TempDir private static Path data;
  @TempDir private Path folder;

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @Test
  void imagineDrawsIntoAFile() throws IOException {
    Path file = folder.resolve("out.png");

    assertThat(imagine("a red circle on a blue background", "--seed", "7", "-o", file)).isZero();

    BufferedImage picture = ImageIO.read(file.toFile());
    assertThat(picture.getWidth()).isEqualTo(512);
    int middle = picture.getRGB(256, 256);
    assertThat(middle >> 16 & 0xFF).isGreaterThan(150);
    assertThat(middle & 0xFF).isLessThan(100);
    assertThat(Files.readString(file, StandardCharsets.ISO_8859_1))
        .contains("a red circle on a blue background", "Seed: 7", "Model: tiny");
    assertThat(out.toString()).contains("out.png").contains("seed 7");
    assertThat(err.toString()).isEmpty();
  }

  @Test
  void benchAcceptMeasuresOneAndMany() {
    assertThat(run("bench", "accept", "--people", "3", "--rate", "60", "--seconds", "0.1"))
        .isZero();

    assertThat(out.toString().lines())
        .hasSize(3)
        .allMatch(line -> line.matches(".*: [1-9]\\d* commands a second, p50 .*, p99 .*"));
    assertThat(err.toString()).isEmpty();
  }

  @Test
  void severalPicturesGetNumbers() {
    assertThat(imagine("a star", "--count", "2", "--steps", "1", "-o", folder.resolve("a.png")))
        .isZero();

    assertThat(folder.resolve("a-1.png")).exists();
    assertThat(folder.resolve("a-2.png")).exists();
    assertThat(folder.resolve("a.png")).doesNotExist();
  }

  @Test
  void equalSeedsGiveEqualFiles() throws IOException {
    imagine("a", "blue", "square", "--seed", "3", "-o", folder.resolve("a.png"));
    imagine("a blue square --seed 3", "-o", folder.resolve("b.png"));

    assertThat(Files.readAllBytes(folder.resolve("a.png")))
        .isEqualTo(Files.readAllBytes(folder.resolve("b.png")));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--stepz 4          | --steps",
        "--steps 0          | 1",
        "--guidance many    | many",
        "--size 7x7         | 7x7",
        "--lora nope        | nope",
        "--model nope       | nope",
        "--scheduler nope   | nope",
        "--hires 2          | hires",
      })
  void aWrongFlagIsRefusedInOneSentence(String flags, String named) {
    List<Object> arguments = new ArrayList<>(List.of("a star"));
    arguments.addAll(List.of(flags.split(" ", -1)));
    arguments.addAll(List.of("-o", folder.resolve("out.png")));

    assertThat(imagine(arguments.toArray())).isEqualTo(1);

    assertThat(err.toString()).contains(named).hasLineCount(1);
    assertThat(folder).isEmptyDirectory();
  }

  @Test
  void anOutputThatCannotBeWrittenIsRefusedBeforeDrawing() {
    Path file = folder.resolve("no").resolve("such").resolve("out.png");

    assertThat(imagine("a star", "-o", file)).isEqualTo(1);

    assertThat(err.toString()).contains(file.toString()).contains("-o").hasLineCount(1);
  }

  @Test
  void anEmptyPromptIsRefusedWithAnExample() {
    assertThat(imagine()).isEqualTo(1);

    assertThat(err.toString()).contains("red circle").hasLineCount(1);
  }

  @Test
  void whatIsNotUnderstoodPointsToHelp() {
    assertThat(run("frobnicate")).isEqualTo(Main.USAGE);

    assertThat(err.toString()).contains("frobnicate").contains("--help");
  }

  @Test
  void helpTeaches() {
    assertThat(run("--help")).isZero();
    assertThat(out.toString()).contains("serve", "imagine", "models", "a red circle");
  }

  @Test
  void helpOfImagineListsItsFlags() {
    assertThat(imagine("--help")).isZero();
    assertThat(out.toString()).contains("--output", "--steps", "--no", "--lora");
  }

  @Test
  void modelsAreListed() {
    assertThat(run("models", "list", "--data", data.toString())).isZero();
    assertThat(out.toString()).contains("tiny", "hyper-sdxl", "outline-style");
  }

  @Test
  void aBrokenSettingIsRefusedWithFileAndLine() throws IOException {
    Path config = Files.writeString(folder.resolve("my.yaml"), "limits:\n  maxStep: 4\n");

    assertThat(run("models", "list", "--config", config.toString())).isEqualTo(1);

    assertThat(err.toString()).contains(config + ", line 2").contains("maxSteps").hasLineCount(1);
  }

  @Test
  void aLineCopiedFromAChatIsUnderstood() throws IOException {
    imagine("/imagine a blue square --seed 3", "-o", folder.resolve("a.png"));
    imagine("a blue square --seed 3", "-o", folder.resolve("b.png"));

    assertThat(Files.readAllBytes(folder.resolve("a.png")))
        .isEqualTo(Files.readAllBytes(folder.resolve("b.png")));
  }

  @Test
  void lettersThatTheShellLostAreNotDrawn() {
    assertThat(Main.run("imagine", "ein Kreis f\uFFFDr dich", "--data", data.toString()))
        .isEqualTo(1);
  }

  @Test
  void theVersionIsSaid() {
    assertThat(run("--version")).isZero();
    assertThat(out.toString()).startsWith("hyperbrush ").contains("Java");
  }

  private int imagine(Object... arguments) {
    List<String> all = new ArrayList<>(List.of("imagine", "--data", data.toString()));
    for (Object argument : arguments) {
      all.add(argument.toString());
    }
    return run(all.toArray(String[]::new));
  }

  private int run(String... arguments) {
    CommandLine line = Main.commandLine();
    line.setOut(new PrintWriter(out, true));
    line.setErr(new PrintWriter(err, true));
    return line.execute(arguments);
  }
}
