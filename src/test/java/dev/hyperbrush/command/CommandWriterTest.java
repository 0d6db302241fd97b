package dev.hyperbrush.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hyperbrush.generation.GenerationRequest;
import dev.hyperbrush.generation.ImageSize;
import dev.hyperbrush.generation.LoraWeight;
import dev.hyperbrush.generation.Seed;
import dev.hyperbrush.pipeline.ModelVariant;
import dev.hyperbrush.policy.EffectiveSettings;
import dev.hyperbrush.policy.ExampleModels;
import dev.hyperbrush.policy.OperatorSettings;
import dev.hyperbrush.policy.Wish;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

final class CommandWriterTest {
  private static final List<String> PIECES =
      List.of(
          "a cat",
          "a dog",
          ", ",
          " ",
          "  ",
          "--steps 4",
          "—steps",
          "-s",
          "--nothing",
          "\"",
          "“",
          "”",
          "„",
          "«",
          "»",
          "'",
          "‘",
          "\\",
          "\\\"",
          "Negative prompt:",
          "é",
          "猫",
          "🐈",
          "x",
          "(b:1.2)",
          "=",
          "--no=\"");

  private final ImagineOptions options = new ImagineOptions(ExampleModels.choices());
  private final CommandWriter writer = new CommandWriter(options);
  private final EffectiveSettings settings =
      new EffectiveSettings(ExampleModels.choices(), OperatorSettings.standard(), new Random(1));

  @Test
  void writesALineThatPeopleCanRead() {
    GenerationRequest request =
        new GenerationRequest(
            "small",
            "a red circle",
            "dog, --steps",
            new ImageSize(192, 128),
            20,
            4.5,
            "Euler a",
            0,
            new Seed(7),
            2,
            List.of(new LoraWeight("outline", 0.8)),
            0);

    assertThat(writer.line(request))
        .isEqualTo(
            "/imagine a red circle --steps 20 --guidance 4.5 --seed 7 --size 192x128 --model small"
                + " --scheduler \"Euler a\" --eta 0 --count 2 --lora outline:0.8"
                + " --no \"dog, --steps\"");
  }

  @Test
  void readingTheLineGivesTheSameRequest() {
    Random random = new Random(11);
    for (int i = 0; i < 5_000; i++) {
      GenerationRequest request = settings.settle(Wish.again(anyRequest(random))).request();
      String line = writer.line(request);
      Arguments read =
          CommandLine.read(options.usage(), line.substring("/imagine ".length()), Map.of());
      EffectiveSettings.Settled again = settings.settle(options.wish(read));
      assertThat(again.request()).as(line).isEqualTo(request);
    }
  }

  private static GenerationRequest anyRequest(Random random) {
    ModelVariant model = random.nextBoolean() ? ExampleModels.SMALL : ExampleModels.TURBO;
    return new GenerationRequest(
            model.id(),
            "x" + text(random),
            random.nextBoolean() ? "" : text(random) + "y",
            new ImageSize(random.nextInt(8, 80) * 8, random.nextInt(8, 80) * 8),
            random.nextInt(1, 40),
            random.nextBoolean() ? random.nextInt(0, 20) : random.nextDouble(0, 20),
            List.of("TCD", "DDIM", "Euler a").get(random.nextInt(3)),
            random.nextBoolean() ? 0 : random.nextDouble(),
            new Seed(random.nextLong() & Long.MAX_VALUE),
            random.nextInt(1, 5),
            random.nextBoolean()
                ? List.of()
                : List.of(
                    new LoraWeight("fast:v2", random.nextInt(-4, 5)),
                    new LoraWeight("Pixel Art", random.nextDouble(-4, 4))),
            0)
        .withDraft(random.nextBoolean());
  }

  /** Anything that can stand in a prompt once a line was cleaned, flags and quotes included. */
  private static String text(Random random) {
    return random
        .ints(random.nextInt(6), 0, PIECES.size())
        .mapToObj(PIECES::get)
        .collect(Collectors.joining())
        .strip();
  }
}
