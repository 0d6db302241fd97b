package dev.hyperbrush.app;

import dev.hyperbrush.generation.ReasonCode;
import dev.hyperbrush.generation.Refusal;
import java.io.File;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** How long a person waits for the first picture after starting the program. */
@Command(
    name = "bench",
    mixinStandardHelpOptions = true,
    description = {
      "Starts this program again and again to draw one picture with the built-in model, and prints"
          + " seconds of wall time from start to the finished file.",
      "The first run of each series unpacks the model into an empty data folder."
    },
    subcommands = {
      AcceptBench.class,
      ClaimBench.class,
      DrawBench.class,
      MakeLoraBench.class,
      MakeModelBench.class,
      SimulateBench.class
    })
final class BenchCommand implements Callable<Integer> {
  private static final List<String> IMAGINE =
      List.of("imagine", "a red circle on a blue background", "--seed", "7");

  @Spec private CommandSpec spec;

  @Option(
      names = "--runs",
      defaultValue = "5",
      description = "Runs with the model already unpacked (default: ${DEFAULT-VALUE}).")
  private int runs;

  @Override
  public Integer call() throws IOException, InterruptedException {
    Path data = Files.createTempDirectory("hyperbrush-bench");
    try {
      measure(data, spec.commandLine().getOut());
    } finally {
      delete(data);
    }
    return 0;
  }

  private void measure(Path data, PrintWriter out) throws IOException, InterruptedException {
    out.printf(Locale.ROOT, "start to first picture, fresh data folder: %.2f s%n", once(data));
    List<Double> warm = new ArrayList<>();
    for (int i = 0; i < runs; i++) {
      warm.add(once(data));
    }
    warm.sort(Comparator.naturalOrder());
    if (!warm.isEmpty()) {
      out.printf(
          Locale.ROOT,
          "start to first picture, model unpacked: min %.2f, median %.2f, max %.2f s of %d runs%n",
          warm.getFirst(),
          warm.get(warm.size() / 2),
          warm.getLast(),
          warm.size());
    }
    out.flush();
  }

  private static double once(Path data) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(ProcessHandle.current().info().command().orElse("java"));
    command.addAll(List.of("--enable-native-access=ALL-UNNAMED", "-cp"));
    command.add(System.getProperty("java.class.path"));
    command.add(Main.class.getName());
    command.addAll(IMAGINE);
    command.addAll(List.of("--data", data.toString(), "-o", data.resolve("out.png").toString()));
    long start = System.nanoTime();
    Process process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(data.resolve("log").toFile())
            .start();
    if (process.waitFor() != 0) {
      throw new Refusal(ReasonCode.DRAWING_FAILED, Files.readString(data.resolve("log")).strip());
    }
    return Duration.ofNanos(System.nanoTime() - start).toMillis() / 1000.0;
  }

  static void delete(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      files.sorted(Comparator.reverseOrder()).map(Path::toFile).forEach(File::delete);
    }
  }
}
