package dev.hyperbrush.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hyperbrush.Reference;
import dev.hyperbrush.queue.StartTimeFairQueueing;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** What is measured is there; the figures themselves are in docs/benchmarks.md. */
final class BenchTest {
  @Test
  void aSimulationIsTheSameEveryTime() {
    String once = said("bench", "simulate", "--people", "2000", "--gpus", "4", "--hours", "0.5");
    assertThat(once)
        .contains("2000 people, 4 GPUs", "a few, weight 1", "many pictures", "longest jobs")
        .isEqualTo(said("bench", "simulate", "--people", "2000", "--gpus", "4", "--hours", "0.5"));
  }

  @Test
  void whoeverWantsFewPicturesWaitsLessThanWhoWantsMany() {
    int people = 5000;
    Crowd crowd = new Crowd(people, 10, new SplittableRandom(3));
    CrowdSimulation simulation =
        new CrowdSimulation(crowd, people, 10, new StartTimeFairQueueing());
    simulation.run(3600);

    assertThat(median(simulation, "a few, weight 1"))
        .isLessThan(median(simulation, "many pictures, weight 1") / 10);
    assertThat(simulation.error().largest()).isLessThan(2); // the bound of the paper
  }

  private static double median(CrowdSimulation simulation, String who) {
    List<Double> sorted = simulation.waits().getOrDefault(who, List.of());
    return sorted.get(sorted.size() / 2);
  }

  @Test
  void aClaimIsMeasuredForEachLength() {
    assertThat(said("bench", "claim", "--waiting", "100,200", "--claims", "5"))
        .containsPattern("(?m)^ +100 .* 1\\.00 .* 1\\.00$")
        .containsPattern("(?m)^ +200 ");
  }

  @Test
  void aPictureIsMeasuredStageByStage(@TempDir Path data) {
    assertThat(said("bench", "draw", "--data", data.toString(), "--steps", "2", "--runs", "2"))
        .contains(
            "picture 1: tiny, 128x128, 2 steps", "load unet", "load vae", "load text_encoder_2")
        .containsPattern("picture 2(?s).*schedule, noise, tokens(?s).*encode, text_encoder ")
        .containsPattern("UNet, step 1(?s).*UNet, step 2(?s).*VAE(?s).*convert(?s).*PNG(?s).*store")
        .containsPattern("outside ONNX Runtime, without loading: [0-9.]+ ms");
  }

  @Test
  void aSmallModelDrawsTheSameInBothLayoutsAndOtherwiseWithALora(@TempDir Path data)
      throws IOException {
    Path models = data.resolve("models");
    String like = Reference.path("tiny-sdxl").toString();
    String folder = models.resolve("one").toString();
    String file = models.resolve("two.safetensors").toString();
    String lora = data.resolve("loras/some.safetensors").toString();
    said("bench", "make-model", like, "--out", folder);
    said("bench", "make-model", like, "--layout", "single", "--out", file);
    said("bench", "make-lora", like, "--rank", "4", "--out", lora);
    Files.writeString(
        data.resolve("models.yaml"),
        "models:\n  two: {file: models/two.safetensors, config: models/one}\n");
    Path settings = Files.writeString(data.resolve("hyperbrush.yaml"), "data: " + data + "\n");

    int[] pixels = draw(settings, "one");
    assertThat(draw(settings, "two")).isEqualTo(pixels);
    assertThat(draw(settings, "one", "--lora", "some")).isNotEqualTo(pixels);
  }

  private static int[] draw(Path settings, String model, String... flags) {
    Path picture = settings.resolveSibling("out.png");
    List<String> line = new ArrayList<>(List.of("imagine", "a fox", "--steps", "1", "--seed", "5"));
    line.addAll(List.of("--model", model, "--config", settings.toString()));
    line.addAll(List.of("-o", picture.toString()));
    line.addAll(List.of(flags));
    said(line.toArray(String[]::new));
    return pixels(picture);
  }

  private static int[] pixels(Path file) {
    try {
      BufferedImage image = ImageIO.read(file.toFile());
      return image.getRGB(0, 0, image.getWidth(), image.getHeight(), null, 0, image.getWidth());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String said(String... args) {
    StringWriter out = new StringWriter();
    CommandLine line = Main.commandLine().setOut(new PrintWriter(out));
    assertThat(line.execute(args)).isZero();
    return out.toString();
  }
}
