package dev.hyperbrush.app;

import dev.hyperbrush.generation.Nearest;
import dev.hyperbrush.generation.ReasonCode;
import dev.hyperbrush.generation.Refusal;
import dev.hyperbrush.pipeline.CatalogueFile;
import dev.hyperbrush.pipeline.DescribedModel;
import dev.hyperbrush.pipeline.Licence;
import dev.hyperbrush.pipeline.ModelCatalogue;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What a name on the command line means in the catalogue: a model, or else a single file. */
record Picked(
    String id,
    Optional<DescribedModel> model,
    Optional<CatalogueFile> file,
    ModelCatalogue catalogue) {
  Picked(ModelCatalogue catalogue, String id) {
    this(
        id.strip(),
        catalogue.described(id),
        catalogue.files().stream().filter(one -> one.id().equalsIgnoreCase(id.strip())).findFirst(),
        catalogue);
  }

  /** The files behind the name; none where it means nothing. */
  List<CatalogueFile> files() {
    return model
        .map(DescribedModel::needs)
        .filter(needs -> !needs.isEmpty())
        .or(() -> file.map(List::of))
        .orElse(List.of());
  }

  /**
   * @throws Refusal when the name means nothing that could be downloaded
   */
  Picked required() {
    if (files().isEmpty()) {
      throw new Refusal(ReasonCode.CATALOGUE_UNKNOWN, id, nearest());
    }
    return this;
  }

  /** What there is, and what was probably meant first. */
  String nearest() {
    Set<String> names = new LinkedHashSet<>();
    catalogue.described().forEach(one -> names.add(one.id()));
    catalogue.files().forEach(one -> names.add(one.id()));
    return Nearest.first(id, names);
  }

  /** Each of them once. */
  static List<Licence> licences(Collection<CatalogueFile> files) {
    return files.stream().map(CatalogueFile::licence).flatMap(Optional::stream).distinct().toList();
  }
}
