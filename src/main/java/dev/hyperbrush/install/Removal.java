package dev.hyperbrush.install;

import dev.hyperbrush.generation.IoReason;
import dev.hyperbrush.generation.Nearest;
import dev.hyperbrush.generation.Phrase;
import dev.hyperbrush.generation.ReasonCode;
import dev.hyperbrush.generation.Refusal;
import dev.hyperbrush.pipeline.CatalogueFile;
import dev.hyperbrush.pipeline.CatalogueFile.Part;
import dev.hyperbrush.pipeline.DescribedModel;
import dev.hyperbrush.pipeline.ModelCatalogue;
import dev.hyperbrush.pipeline.ModelVariant;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What goes when a model goes, and what stays as others need it. Immutable.
 *
 * @param id of the model or file
 * @param model whether it is one that people choose
 * @param files to delete, as far as they are there: paths, of which one may be a folder
 * @param kept what stays, and for whom, in English
 */
public record Removal(String id, boolean model, List<Path> files, List<String> kept, Path data) {
  public Removal {
    files = List.copyOf(files);
    kept = List.copyOf(kept);
  }

  /**
   * What would go with this name.
   *
   * @throws Refusal when there is nothing of that name, or it cannot go
   */
  public static Removal of(ModelCatalogue catalogue, Path data, String id) {
    String name = id.strip();
    if (name.equalsIgnoreCase(ModelCatalogue.BUILTIN)) {
      throw new Refusal(ReasonCode.MODEL_NOT_REMOVED, name, "it comes with the program");
    }
    Optional<DescribedModel> described =
        catalogue.described(name).filter(model -> !model.needs().isEmpty());
    if (described.isPresent()) {
      return ofModel(described.get(), catalogue, data);
    }
    return catalogue.files().stream()
        .filter(file -> file.id().equalsIgnoreCase(name))
        .findFirst()
        .map(file -> ofFile(file, catalogue, data))
        .or(() -> catalogue.find(name).map(own -> ofOwn(own, data)))
        .or(() -> ofLora(catalogue, data, name))
        .orElseThrow(() -> unknown(catalogue, name));
  }

  private static Removal ofModel(DescribedModel model, ModelCatalogue catalogue, Path data) {
    List<Path> files = new ArrayList<>();
    List<String> kept = new ArrayList<>();
    Map<String, String> others = neededByOthers(model, catalogue);
    for (CatalogueFile file : model.needs()) {
      for (Part part : file.parts()) {
        Optional<String> other = Optional.ofNullable(others.get(part.to()));
        if (other.isPresent()) {
          kept.add(part.to() + ", which " + other.get() + " needs");
        } else if (isThere(data, part)) {
          files.add(data.resolve(part.to()));
        }
      }
    }
    return new Removal(model.id(), true, files, kept, data);
  }

  /** Whole, or what has arrived of it. */
  private static boolean isThere(Path data, Part part) {
    Path file = data.resolve(part.to());
    return Files.exists(file, LinkOption.NOFOLLOW_LINKS) || PartialFile.exists(file);
  }

  /** Which installed model needs a file, by where that lies. */
  private static Map<String, String> neededByOthers(DescribedModel gone, ModelCatalogue catalogue) {
    Map<String, String> needed = new LinkedHashMap<>();
    catalogue.described().stream()
        .filter(model -> model.installed() && !model.id().equals(gone.id()))
        .forEach(model ->
            model.needs().stream()
                .flatMap(file -> file.parts().stream())
                .forEach(part -> needed.putIfAbsent(part.to(), model.id())));
    return needed;
  }

  private static Removal ofFile(CatalogueFile file, ModelCatalogue catalogue, Path data) {
    catalogue.described().stream()
        .filter(model -> model.installed() && model.needs().contains(file))
        .findFirst()
        .ifPresent(model -> {
          throw new Refusal(
              ReasonCode.MODEL_NOT_REMOVED,
              file.id(),
              "the model " + model.id() + " needs it; remove that first");
        });
    List<Path> files =
        file.parts().stream()
            .filter(part -> isThere(data, part))
            .map(part -> data.resolve(part.to()))
            .toList();
    return new Removal(file.id(), false, files, List.of(), data);
  }

  /** A folder or file that somebody has put there; what lies elsewhere is theirs. */
  private static Removal ofOwn(ModelVariant model, Path data) {
    Path main = model.source().main();
    Path models = data.resolve("models").normalize();
    if (!main.normalize().startsWith(models) || main.normalize().equals(models)) {
      throw new Refusal(
          ReasonCode.MODEL_NOT_REMOVED,
          model.id(),
          "it lies in " + main + ", outside of the data folder; take its entry out of models.yaml");
    }
    return new Removal(model.id(), true, List.of(main), List.of(), data);
  }

  private static Optional<Removal> ofLora(ModelCatalogue catalogue, Path data, String name) {
    Path file = data.resolve("loras").resolve(name + ".safetensors");
    return catalogue.loraNames().contains(name) && Files.exists(file)
        ? Optional.of(new Removal(name, false, List.of(file), List.of(), data))
        : Optional.empty();
  }

  private static Refusal unknown(ModelCatalogue catalogue, String name) {
    List<String> names = new ArrayList<>();
    catalogue.all().forEach(model -> names.add(model.id()));
    names.addAll(catalogue.loraNames());
    return new Refusal(ReasonCode.CATALOGUE_UNKNOWN, name, Nearest.first(name, names));
  }

  /** Deletes. */
  public void run(Installer installer) {
    installer.markRemoved(id);
    for (Path file : files) {
      if (Files.isDirectory(file) && !Files.isSymbolicLink(file)) {
        deleteTree(file);
      } else {
        installer.delete(data.relativize(file).toString().replace('\\', '/'));
      }
    }
  }

  private static void deleteTree(Path folder) {
    try (var inside = Files.walk(folder)) {
      for (Path path : inside.sorted(java.util.Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    } catch (IOException e) {
      throw new Refusal(Phrase.of(ReasonCode.DATA_NOT_WRITABLE, folder, IoReason.of(e)), e);
    }
  }
}
