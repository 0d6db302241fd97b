package dev.hyperbrush.app;

import dev.hyperbrush.config.AppConfig;
import dev.hyperbrush.install.Inspection;
import dev.hyperbrush.install.Installer;
import dev.hyperbrush.pipeline.CatalogueFile;
import dev.hyperbrush.pipeline.CatalogueFile.Part;
import dev.hyperbrush.pipeline.ModelCatalogue;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Completes what was added, and replaces what its source has replaced. */
@Command(
    name = "pull",
    mixinStandardHelpOptions = true,
    header = "Downloads what is missing, damaged or has changed of models that were added.")
final class ModelsPullCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private Setup setup;

  @Parameters(arity = "0..1", paramLabel = "NAME", description = "Only this model or file.")
  private @Nullable String id;

  @Option(names = "--accept-licence", description = "Says yes to the licences, for scripts.")
  private boolean accepted;

  @Override
  public Integer call() throws InterruptedException {
    AppConfig config = setup.config();
    ModelCatalogue catalogue = config.models();
    PrintWriter out = spec.commandLine().getOut();
    Fetching fetching = new Fetching(config, spec.commandLine());
    try (Installer installer = Installer.open(config.data(), config.downloads())) {
      List<CatalogueFile> files = files(catalogue, installer);
      List<Fetching.Item> items = fetching.missing(files);
      addDamaged(config, files, items);
      addChanged(files, items, installer);
      if (items.isEmpty()) {
        out.println(
            files.isEmpty()
                ? "Nothing was added yet: models add NAME."
                : "All is there, and as its source has it.");
        out.flush();
        return 0;
      }
      fetching.announce(items);
      List<CatalogueFile> touched = items.stream().map(Fetching.Item::file).distinct().toList();
      fetching.accept(
          String.join(", ", touched.stream().map(CatalogueFile::id).toList()), touched, accepted);
      fetching.fetch(installer, items);
    }
    out.println("Done.");
    out.flush();
    return 0;
  }

  private List<CatalogueFile> files(ModelCatalogue catalogue, Installer installer) {
    if (id != null) {
      return new Picked(catalogue, id).required().files();
    }
    Set<CatalogueFile> files = new LinkedHashSet<>();
    installer.added().forEach(added -> files.addAll(new Picked(catalogue, added).files()));
    return new ArrayList<>(files);
  }

  /** What {@code models verify} would name. */
  private static void addDamaged(
      AppConfig config, List<CatalogueFile> files, List<Fetching.Item> items) {
    Inspection inspection = new Inspection(config.data());
    for (CatalogueFile file : files) {
      for (Part part : file.parts()) {
        Fetching.Item item = new Fetching.Item(file, part);
        if (!items.contains(item) && inspection.part(part).wrong()) {
          items.add(item);
        }
      }
    }
  }

  private static void addChanged(
      List<CatalogueFile> files, List<Fetching.Item> items, Installer installer)
      throws InterruptedException {
    for (CatalogueFile file : files) {
      for (Part part : file.parts()) {
        Fetching.Item item = new Fetching.Item(file, part);
        if (!items.contains(item) && installer.changed(file, part)) {
          items.add(item);
        }
      }
    }
  }
}
