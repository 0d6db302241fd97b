package dev.hyperbrush.app;

import dev.hyperbrush.synthetic.SyntheticModel;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Something of a real LoRA's size to measure with. */
@Command(
    name = "make-lora",
    mixinStandardHelpOptions = true,
    description = {
      "Writes a LoRA of random numbers over all layers of a UNet, in 32 bits. At rank 64 for SDXL"
          + " it has the size of the published Hyper-SDXL ones, 790 MB."
    })
final class MakeLoraBench implements Callable<Integer> {
  private static final String SDXL = "sdxl";

  @Spec private CommandSpec spec;

  @Mixin private Setup setup;

  @Parameters(
      paramLabel = "LIKE",
      defaultValue = SDXL,
      description =
          "sdxl, or the folder of a model in diffusers' layout that it is for (default:"
              + " ${DEFAULT-VALUE}).")
  private Path like = Path.of(SDXL);

  @Option(
      names = "--rank",
      defaultValue = "64",
      description = "Of all its modules (default: ${DEFAULT-VALUE}).")
  private int rank;

  @Option(
      names = "--out",
      paramLabel = "FILE",
      description =
          "The file to write (default: loras/random-sdxl.safetensors in the data folder).")
  private @Nullable Path out;

  @Option(
      names = "--seed",
      defaultValue = "2",
      description = "The same seed gives the same LoRA (default: ${DEFAULT-VALUE}).")
  private long seed;

  @Override
  public Integer call() throws IOException {
    boolean full = like.equals(Path.of(SDXL));
    SyntheticModel model = full ? SyntheticModel.sdxl() : SyntheticModel.like(like);
    Path target =
        Optional.ofNullable(out)
            .orElseGet(() -> setup.config().data().resolve("loras/random-sdxl.safetensors"));
    model.writeLora(target, rank, seed, bytes -> {});
    PrintWriter terminal = spec.commandLine().getOut();
    terminal.printf(Locale.ROOT, "%s: %,d bytes%n", target, model.loraBytes(rank));
    terminal.flush();
    return 0;
  }
}
