package dev.hyperbrush.app;

import dev.hyperbrush.chat.Finding;
import dev.hyperbrush.onnx.CudaLibraries;
import dev.hyperbrush.onnx.CudaLibraries.Library;
import dev.hyperbrush.onnx.CudaRemedy;
import dev.hyperbrush.onnx.ExecutionProvider;
import dev.hyperbrush.onnx.NvidiaDriver;
import dev.hyperbrush.onnx.OnnxSettings;
import dev.hyperbrush.onnx.Providers;
import dev.hyperbrush.onnx.RuntimeBuild;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * What draws here, and what it needs for that: for {@code doctor}, and for the log at start.
 *
 * @param workers one after the other
 */
record ProcessorChecks(List<OnnxSettings> workers) {

  /** Loads libraries, and draws on cards for a moment. */
  List<Finding> run() {
    RuntimeBuild build = RuntimeBuild.ofThisProcess();
    if (!workers.getFirst().provider().onCard()) {
      return List.of(Finding.ok("processor", "the CPU draws; " + build + advice(build)));
    }
    NvidiaDriver driver = NvidiaDriver.look();
    List<Finding> findings = new ArrayList<>();
    workers.forEach(worker -> findings.add(card(worker, driver)));
    findings.add(libraries(build, driver));
    return findings;
  }

  private static String advice(RuntimeBuild build) {
    return build.cuda() ? "; onnx.provider: cuda would use an NVIDIA card" : "";
  }

  private static Finding card(OnnxSettings worker, NvidiaDriver driver) {
    ExecutionProvider used = worker.usable().provider();
    String where =
        used.onCard()
            ? " on card "
                + worker.device()
                + driver.card(worker.device()).map(card -> ": " + card).orElse("")
            : "";
    String found = Providers.name(used) + " draws" + where;
    Optional<String> problem = Providers.problem(worker);
    return problem.isEmpty()
        ? Finding.ok("processor", found)
        : Finding.attention(
            "processor",
            found
                + ", as "
                + Providers.name(worker.provider())
                + " cannot be used: "
                + problem.get(),
            CudaRemedy.of(problem.get()));
  }

  private static Finding libraries(RuntimeBuild build, NvidiaDriver driver) {
    List<Library> libraries = CudaLibraries.needed().look();
    List<String> missing = new ArrayList<>();
    List<String> present = new ArrayList<>();
    for (Library library : libraries) {
      library
          .version()
          .ifPresentOrElse(
              version -> present.add(library.file().replaceFirst("\\.so\\..*", " ") + version),
              () -> missing.add(library.file()));
    }
    String found =
        build
            + ", driver "
            + driver.version().orElse("none")
            + (present.isEmpty() ? "" : ", " + String.join(", ", present));
    return missing.isEmpty()
        ? Finding.ok("libraries", found)
        : Finding.attention(
            "libraries",
            found + "; the loader does not find " + String.join(", ", missing),
            missing.stream().map(CudaRemedy::of).distinct().collect(Collectors.joining(" ")));
  }
}
