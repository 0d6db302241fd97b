package dev.hyperbrush.app;

import dev.hyperbrush.config.AppConfig;
import dev.hyperbrush.generation.Phrase;
import dev.hyperbrush.install.Installer;
import dev.hyperbrush.pipeline.CatalogueFile;
import dev.hyperbrush.pipeline.DescribedModel;
import dev.hyperbrush.pipeline.EmbeddingFolder;
import dev.hyperbrush.pipeline.ModelCatalogue;
import dev.hyperbrush.pipeline.ModelVariant;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** What is installed, and what could be. */
@Command(
    name = "list",
    mixinStandardHelpOptions = true,
    header = "Lists the installed models and LoRAs, and those of the catalogue.",
    footer = {
      "%nA model in diffusers layout is installed by putting its folder into <data>/models, one in"
          + " a single .safetensors file by models add FILE, a LoRA by putting its file into"
          + " <data>/loras."
    })
final class ModelsListCommand implements Runnable {
  @Spec private CommandSpec spec;
  @Mixin private Setup setup;

  @Override
  public void run() {
    AppConfig config = setup.config();
    ModelCatalogue catalogue = config.models();
    PrintWriter out = spec.commandLine().getOut();
    out.println("Installed");
    catalogue.all().forEach(model -> out.println(installed(model, catalogue)));
    List<DescribedModel> available =
        catalogue.described().stream().filter(model -> !model.installed()).toList();
    if (!available.isEmpty()) {
      out.println();
      out.println("In the catalogue (models add NAME; size is what is still to be downloaded)");
      available.forEach(model -> out.println(available(model, config.data())));
    }
    others(catalogue, config.data(), out);
    if (!catalogue.loraNames().isEmpty()) {
      out.println();
      out.println("LoRAs: " + String.join(", ", catalogue.loraNames()));
    }
    List<String> embeddings = EmbeddingFolder.names(config.data());
    if (!embeddings.isEmpty()) {
      out.println();
      out.println("Embeddings: " + String.join(", ", embeddings));
    }
    catalogue.notices().stream().map(Phrase::english).distinct().forEach(out::println);
    out.flush();
  }

  /** Files that no model needs, such as tiny decoders. */
  private static void others(ModelCatalogue catalogue, Path data, PrintWriter out) {
    Set<CatalogueFile> needed = new HashSet<>();
    catalogue.described().forEach(model -> needed.addAll(model.needs()));
    List<CatalogueFile> others = new ArrayList<>(catalogue.files());
    others.removeAll(needed);
    if (!others.isEmpty()) {
      out.println();
      out.println("Files beside them (models add NAME)");
      others.forEach(file -> {
        boolean there = Installer.missing(data, List.of(file)).isEmpty();
        String size = there ? "installed" : ModelText.size(file.parts());
        out.println(
            String.format(Locale.ROOT, "  %-17s %-50s %s", file.id(), cut(file.title(), 50), size));
      });
    }
  }

  private static String installed(ModelVariant model, ModelCatalogue catalogue) {
    List<String> marks = new ArrayList<>();
    if (model.equals(catalogue.defaultModel())) {
      marks.add("(default)");
    }
    catalogue
        .described(model.id())
        .filter(DescribedModel::nonCommercial)
        .ifPresent(_ -> marks.add("non-commercial"));
    return row(model.id(), model.title(), ModelText.steps(model), String.join(" ", marks));
  }

  private static String available(DescribedModel model, Path data) {
    return row(
        model.id(),
        model.variant().title(),
        ModelText.steps(model.variant()),
        String.format(
            Locale.ROOT,
            "%-14s %s",
            ModelText.size(Installer.missing(data, model.needs())),
            model.nonCommercial() ? "non-commercial" : ""));
  }

  private static String row(String id, String title, String steps, String rest) {
    return String.format(Locale.ROOT, "  %-17s %-34s %-13s %s", id, cut(title, 34), steps, rest)
        .stripTrailing();
  }

  private static String cut(String text, int columns) {
    return text.length() <= columns ? text : text.substring(0, columns - 1) + "…";
  }
}
