package dev.hyperbrush.pipeline;

import java.util.List;

/**
 * A model that {@code models.yaml} describes, installed or not. Immutable.
 *
 * @param variant how it is run
 * @param needs files that it is made of
 * @param notes a word to whoever installs it; may be empty
 * @param installed whether all its files are there
 */
public record DescribedModel(
    ModelVariant variant, List<CatalogueFile> needs, String notes, boolean installed) {
  public DescribedModel {
    needs = List.copyOf(needs);
  }

  public String id() {
    return variant.id();
  }

  /** Whether one of its files is not for making money. */
  public boolean nonCommercial() {
    return needs.stream()
        .anyMatch(file -> file.licence().map(Licence::nonCommercial).orElse(false));
  }
}
