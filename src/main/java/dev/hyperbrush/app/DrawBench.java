package dev.hyperbrush.app;

import dev.hyperbrush.command.ImagineReader;
import dev.hyperbrush.config.AppConfig;
import dev.hyperbrush.generation.Cancellation;
import dev.hyperbrush.generation.GenerationRequest;
import dev.hyperbrush.generation.GenerationResult;
import dev.hyperbrush.pipeline.DiffusionGenerator;
import dev.hyperbrush.pipeline.ModelCatalogue;
import dev.hyperbrush.policy.Choices;
import dev.hyperbrush.policy.EffectiveSettings;
import dev.hyperbrush.store.PictureStore;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import picocli.CommandLine.Unmatched;

/** What a picture's time goes into, stage by stage. */
@Command(
    name = "draw",
    mixinStandardHelpOptions = true,
    description = {
      "Draws with a model, and prints milliseconds stage by stage: what ONNX Runtime computes, and"
          + " what this program does around it. The first picture also loads the model. Each"
          + " picture has another prompt. Flags of /imagine say what to draw, such as --model,"
          + " --size, --steps."
    })
final class DrawBench implements Callable<Integer> {
  private static final double MILLISECOND = 1e6;

  @Spec private CommandSpec spec;

  @Mixin private Setup setup;

  @Option(
      names = "--runs",
      defaultValue = "2",
      description = "Pictures, the first of which loads the model (default: ${DEFAULT-VALUE}).")
  private int runs;

  /** What is not this command's own: flags of {@code /imagine}. */
  @Unmatched private List<String> flags = new ArrayList<>();

  @Override
  public Integer call() throws IOException {
    AppConfig config = setup.config();
    ModelCatalogue catalogue = config.models();
    Choices choices = Choices.of(() -> catalogue);
    ImagineReader reader =
        new ImagineReader(
            choices, new EffectiveSettings(choices, config.limits(), new SecureRandom()));
    DrawTimeline timeline = new DrawTimeline();
    Path pictures = Files.createTempDirectory("hyperbrush-bench");
    try (DiffusionGenerator generator =
        Setup.generator(config, () -> catalogue, config.onnx().observed(timeline))) {
      Drawn drawn =
          new Drawn(
              generator,
              timeline,
              new PngPictureEncoder(() -> catalogue),
              PictureStore.open(pictures),
              spec.commandLine().getOut());
      for (int i = 0; i < runs; i++) {
        List<String> words = new ArrayList<>(List.of("a", "red", "fox", "number", "" + i));
        words.addAll(flags);
        drawn.draw(i, reader.read(words).request());
      }
    } finally {
      BenchCommand.delete(pictures);
    }
    return 0;
  }

  /** Draws, and prints. */
  private record Drawn(
      DiffusionGenerator generator,
      DrawTimeline timeline,
      PngPictureEncoder encoder,
      PictureStore store,
      PrintWriter out) {
    void draw(int number, GenerationRequest request) {
      timeline.begin();
      GenerationResult result = generator.generate(request, progress -> {}, Cancellation.none());
      long drawn = System.nanoTime();
      List<byte[]> files = new ArrayList<>();
      for (int i = 0; i < result.images().size(); i++) {
        files.add(encoder.encode(result.images().get(i), request, i).bytes());
      }
      long encoded = System.nanoTime();
      files.forEach(store::add);
      long stored = System.nanoTime();
      out.printf(
          Locale.ROOT,
          "picture %d: %s, %dx%d, %d steps%n",
          number + 1,
          request.model(),
          request.size().width(),
          request.size().height(),
          request.steps());
      List<DrawTimeline.Line> lines = new ArrayList<>(timeline.loads());
      lines.addAll(timeline.stages(drawn));
      lines.add(new DrawTimeline.Line("PNG", (encoded - drawn) / MILLISECOND));
      lines.add(new DrawTimeline.Line("store", (stored - encoded) / MILLISECOND));
      print(lines, timeline.whole(stored));
    }

    private void print(List<DrawTimeline.Line> lines, double whole) {
      for (DrawTimeline.Line line : lines) {
        out.printf(
            Locale.ROOT,
            "  %-28s %11.1f ms %7.2f %%%n",
            line.stage(),
            line.millis(),
            100 * line.millis() / whole);
      }
      double drawing = whole - timeline.loading();
      double host = drawing - timeline.computing();
      out.printf(Locale.ROOT, "  %-28s %11.1f ms%n", "all", whole);
      out.printf(
          Locale.ROOT,
          "  outside ONNX Runtime, without loading: %.1f ms, %.2f %% of %.1f ms%n  %s%n",
          host,
          100 * host / drawing,
          drawing,
          ProcessMemory.now());
      out.flush();
    }
  }
}
