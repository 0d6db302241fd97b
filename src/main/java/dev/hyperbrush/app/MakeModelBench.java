package dev.hyperbrush.app;

import dev.hyperbrush.synthetic.SyntheticModel;
import dev.hyperbrush.synthetic.SyntheticModel.Layout;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Something of a real model's size to measure with, where there is no real model. */
@Command(
    name = "make-model",
    mixinStandardHelpOptions = true,
    description = {
      "Writes a model of random numbers in half precision, with the names and shapes of a real"
          + " one. What it draws is noise; what it costs is real. SDXL takes 7 GB."
    })
final class MakeModelBench implements Callable<Integer> {
  private static final String SDXL = "sdxl";

  @Spec private CommandSpec spec;

  @Mixin private Setup setup;

  @Parameters(
      paramLabel = "LIKE",
      defaultValue = SDXL,
      description =
          "sdxl, or the folder of a model in diffusers' layout whose sizes to take (default:"
              + " ${DEFAULT-VALUE}).")
  private Path like = Path.of(SDXL);

  @Option(
      names = "--layout",
      defaultValue = "FOLDER",
      description =
          "folder: as diffusers has it; single: one file, as communities share it (default:"
              + " folder).")
  private Layout layout = Layout.FOLDER;

  @Option(
      names = "--out",
      paramLabel = "PATH",
      description =
          "The folder or file to write (default: models/random-sdxl in the data folder, with"
              + " .safetensors for a single file).")
  private @Nullable Path out;

  @Option(
      names = "--tokenizer",
      paramLabel = "FOLDER",
      description =
          "Where vocab.json and merges.txt are (default: tokenizers/clip in the data folder; made"
              + " up where that is missing).")
  private @Nullable Path tokenizer;

  @Option(
      names = "--seed",
      defaultValue = "1",
      description = "The same seed gives the same model (default: ${DEFAULT-VALUE}).")
  private long seed;

  @Override
  public Integer call() throws IOException {
    Path data = setup.config().data();
    boolean full = like.equals(Path.of(SDXL));
    SyntheticModel model = full ? SyntheticModel.sdxl() : SyntheticModel.like(like);
    String name = "models/random-sdxl" + (layout == Layout.SINGLE ? ".safetensors" : "");
    Path target = Optional.ofNullable(out).orElse(data.resolve(name));
    Optional<Path> vocabulary =
        Optional.ofNullable(tokenizer)
            .or(() ->
                Optional.of(data.resolve("tokenizers/clip"))
                    .filter(words -> full && Files.isDirectory(words)));
    long bytes = model.bytes(layout);
    long start = System.nanoTime();
    ProgressBar bar = new ProgressBar(spec.commandLine().getErr());
    try {
      model.write(target, layout, vocabulary, seed, new Told(bar, bytes));
    } finally {
      bar.clear();
    }
    PrintWriter terminal = spec.commandLine().getOut();
    terminal.printf(
        Locale.ROOT,
        "%s: %,d numbers in the UNet, %.2f GB in all, written in %.1f s%n",
        target,
        model.parameters("unet"),
        bytes / 1e9,
        (System.nanoTime() - start) / 1e9);
    terminal.flush();
    return 0;
  }

  /** Shows how much is written, at each percent. */
  private static final class Told implements LongConsumer {
    private final ProgressBar bar;
    private final long all;
    private long done;
    private long shown = -1;

    Told(ProgressBar bar, long all) {
      this.bar = bar;
      this.all = all;
    }

    @Override
    public void accept(long bytes) {
      done += bytes;
      long percent = 100 * done / all;
      if (percent > shown) {
        shown = percent;
        bar.show(
            String.format(Locale.ROOT, "%3d %%, %.2f of %.2f GB", percent, done / 1e9, all / 1e9));
      }
    }
  }
}
