package dev.hyperbrush.app;

import dev.hyperbrush.config.AppConfig;
import dev.hyperbrush.generation.ReasonCode;
import dev.hyperbrush.generation.Refusal;
import dev.hyperbrush.install.Inspection;
import dev.hyperbrush.pipeline.CatalogueFile;
import dev.hyperbrush.pipeline.DescribedModel;
import dev.hyperbrush.pipeline.ModelCatalogue;
import dev.hyperbrush.pipeline.ModelVariant;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Looks whether the files of models are what they should be. */
@Command(
    name = "verify",
    mixinStandardHelpOptions = true,
    header = "Checks sizes, hashes and headers of the files of models.",
    footer = "%nExit codes: 0 all is well, 1 a file is not.")
final class ModelsVerifyCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private Setup setup;

  @Parameters(arity = "0..1", paramLabel = "NAME", description = "Only this model or file.")
  private @Nullable String id;

  @Override
  public Integer call() {
    AppConfig config = setup.config();
    ModelCatalogue catalogue = config.models();
    Inspection inspection = new Inspection(config.data());
    PrintWriter out = spec.commandLine().getOut();
    List<Inspection.Finding> findings = new ArrayList<>();
    for (CatalogueFile file : files(catalogue, config.data())) {
      file.parts().forEach(part -> report(inspection.part(part), findings, out));
    }
    own(catalogue).forEach(model -> report(inspection.model(model), findings, out));
    long wrong = findings.stream().filter(Inspection.Finding::wrong).count();
    out.flush();
    if (wrong > 0) {
      throw new Refusal(ReasonCode.MODEL_FILES_WRONG, wrong);
    }
    return 0;
  }

  private static void report(
      Inspection.Finding finding, List<Inspection.Finding> findings, PrintWriter out) {
    findings.add(finding);
    out.println(
        (finding.wrong() ? "WRONG  " : "ok     ") + finding.name() + "  " + finding.found());
    out.flush();
  }

  private List<CatalogueFile> files(ModelCatalogue catalogue, Path data) {
    if (id != null) {
      Picked picked = new Picked(catalogue, id);
      return catalogue.find(id).isPresent() ? picked.files() : picked.required().files();
    }
    Set<CatalogueFile> files = new LinkedHashSet<>();
    catalogue.described().stream()
        .filter(DescribedModel::installed)
        .forEach(model -> files.addAll(model.needs()));
    catalogue.files().stream().filter(file -> isHere(file, data)).forEach(files::add);
    return new ArrayList<>(files);
  }

  /** Whether any of it is there, such as a tiny decoder that no model needs. */
  private static boolean isHere(CatalogueFile file, Path data) {
    return file.parts().stream().anyMatch(part -> Files.exists(data.resolve(part.to())));
  }

  /** Models whose files are not of the catalogue. */
  private List<ModelVariant> own(ModelCatalogue catalogue) {
    Optional<String> only = Optional.ofNullable(id);
    return catalogue.all().stream()
        .filter(model -> only.map(model.id()::equalsIgnoreCase).orElse(true))
        .filter(model -> new Picked(catalogue, model.id()).files().isEmpty())
        .toList();
  }
}
