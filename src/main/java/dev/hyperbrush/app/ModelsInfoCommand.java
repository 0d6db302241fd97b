package dev.hyperbrush.app;

import dev.hyperbrush.config.AppConfig;
import dev.hyperbrush.generation.ReasonCode;
import dev.hyperbrush.generation.Refusal;
import dev.hyperbrush.install.Acceptances;
import dev.hyperbrush.install.Installer;
import dev.hyperbrush.pipeline.CatalogueFile;
import dev.hyperbrush.pipeline.CatalogueFile.Part;
import dev.hyperbrush.pipeline.DescribedModel;
import dev.hyperbrush.pipeline.Licence;
import dev.hyperbrush.pipeline.ModelCatalogue;
import dev.hyperbrush.pipeline.ModelVariant;
import java.io.PrintWriter;
import java.time.Clock;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Everything that is known of one model or file. */
@Command(
    name = "info",
    mixinStandardHelpOptions = true,
    header = "Tells everything about a model or a file of the catalogue.")
final class ModelsInfoCommand implements Runnable {
  @Spec private CommandSpec spec;
  @Mixin private Setup setup;

  @Parameters(paramLabel = "NAME", description = "As models list shows it.")
  private String id = "";

  @Override
  public void run() {
    AppConfig config = setup.config();
    ModelCatalogue catalogue = config.models();
    Picked picked = new Picked(catalogue, id);
    PrintWriter out = spec.commandLine().getOut();
    Optional<ModelVariant> variant =
        catalogue.find(id).or(() -> picked.model().map(DescribedModel::variant));
    if (variant.isEmpty() && picked.files().isEmpty()) {
      throw new Refusal(ReasonCode.CATALOGUE_UNKNOWN, id, picked.nearest());
    }
    variant.ifPresent(model -> model(model, catalogue, out));
    variant.ifPresent(model -> recipes(model, out));
    variant.ifPresent(model -> presets(model, catalogue, out));
    if (!picked.files().isEmpty()) {
      files(picked.files(), config, out);
    }
    out.flush();
  }

  private static void model(ModelVariant model, ModelCatalogue catalogue, PrintWriter out) {
    boolean installed = catalogue.find(model.id()).isPresent();
    boolean usual = model.equals(catalogue.defaultModel());
    out.println(model.id() + "  " + model.title());
    out.println(
        installed
            ? "installed" + (usual ? ", the default" : "")
            : "not installed: models add " + model.id());
    catalogue
        .described(model.id())
        .map(DescribedModel::notes)
        .filter(notes -> !notes.isEmpty())
        .ifPresent(out::println);
    out.println("from " + model.source().main());
    model.source().unet().ifPresent(unet -> out.println("UNet from " + unet));
    model.source().vae().ifPresent(vae -> out.println("VAE from " + vae));
    out.println(
        "sizes " + model.sizes().stream().map(Object::toString).collect(Collectors.joining(", ")));
    model
        .predictionType()
        .ifPresent(type -> out.println("predicts " + type.name().toLowerCase(Locale.ROOT)));
  }

  private static void recipes(ModelVariant model, PrintWriter out) {
    out.println("recipes, the first for people who ask for nothing:");
    model.recipes().forEach(recipe -> out.println("  " + ModelText.recipe(recipe)));
  }

  private static void presets(ModelVariant model, ModelCatalogue catalogue, PrintWriter out) {
    List<String> lines =
        catalogue.describedPresets().stream()
            .filter(preset -> preset.model().filter(model.id()::equalsIgnoreCase).isPresent())
            .map(ModelText::preset)
            .toList();
    if (!lines.isEmpty()) {
      out.println("presets, for everybody once it is installed:");
      lines.forEach(line -> out.println("  " + line));
    }
  }

  private static void files(List<CatalogueFile> files, AppConfig config, PrintWriter out) {
    out.println("files:");
    for (CatalogueFile file : files) {
      boolean there = Installer.missing(config.data(), List.of(file)).isEmpty();
      String title = file.title().equals(file.id()) ? "" : "  " + file.title();
      out.println("  " + file.id() + title + (there ? "  (there)" : "  (missing)"));
      file.parts().forEach(part -> part(part, config, out));
      if (!file.verified()) {
        out.println("    This address was not checked when this version was made.");
      }
      if (file.gated()) {
        out.println("    Needs an access token in HYPERBRUSH_HF_TOKEN.");
      }
    }
    List<Licence> licences = Picked.licences(files);
    if (!licences.isEmpty()) {
      out.println("licences:");
      Acceptances accepted = Acceptances.open(config.data(), Clock.systemUTC());
      licences.forEach(licence -> out.println("  " + licence(licence, accepted)));
    }
  }

  private static String licence(Licence licence, Acceptances accepted) {
    return ModelText.licence(licence) + (accepted.holds(licence) ? "\n    Accepted." : "");
  }

  private static void part(Part part, AppConfig config, PrintWriter out) {
    out.println("    " + config.data().resolve(part.to()) + "  " + ModelText.size(List.of(part)));
    out.println("    from " + part.from(config.downloads().base()));
    out.println(
        part.sha256().map(hash -> "    SHA-256 " + hash).orElse("    no hash is published here"));
  }
}
