package dev.hyperbrush.install;

import dev.hyperbrush.checkpoint.SafetensorsFile;
import dev.hyperbrush.generation.IoReason;
import dev.hyperbrush.generation.Refusal;
import dev.hyperbrush.generation.Sha256;
import dev.hyperbrush.install.Ledger.Receipt;
import dev.hyperbrush.pipeline.CatalogueFile.Part;
import dev.hyperbrush.pipeline.ModelVariant;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** Looks whether files are what they were, or should be. Changes nothing. Owned by one thread. */
public final class Inspection {
  private final Path data;
  private final Ledger ledger;

  public Inspection(Path data) {
    this.data = data;
    this.ledger = Ledger.open(data);
  }

  /** What was found of one file, in English. */
  public record Finding(String name, boolean wrong, String found) {}

  /** A file of the catalogue: size, hash and header, in this order of cost. */
  public Finding part(Part part) {
    Path file = data.resolve(part.to());
    try {
      return Files.isRegularFile(file)
          ? there(part, file)
          : new Finding(part.to(), true, "is missing");
    } catch (IOException e) {
      return new Finding(part.to(), true, "cannot be read: " + IoReason.of(e));
    }
  }

  private Finding there(Part part, Path file) throws IOException {
    Optional<Receipt> receipt = ledger.receipt(part.to());
    long size = Files.size(file);
    long expected = part.bytes().orElseGet(() -> receipt.map(Receipt::bytes).orElse(size));
    if (size != expected) {
      return new Finding(part.to(), true, "has " + size + " bytes, expected were " + expected);
    }
    Optional<String> damage = damage(file);
    if (damage.isPresent()) {
      return new Finding(part.to(), true, damage.get());
    }
    Optional<String> hash = part.sha256().or(() -> receipt.map(Receipt::sha256));
    if (hash.isEmpty()) {
      return new Finding(part.to(), false, "whole; there is no hash to compare it with");
    }
    String found = Sha256.of(file);
    return found.equals(hash.get())
        ? new Finding(
            part.to(),
            false,
            part.sha256().isPresent()
                ? "SHA-256 as published"
                : "unchanged since it was downloaded")
        : new Finding(part.to(), true, "has the SHA-256 " + found + ", expected was " + hash.get());
  }

  private static Optional<String> damage(Path file) {
    if (!String.valueOf(file.getFileName()).endsWith(".safetensors")) {
      return Optional.empty();
    }
    try {
      SafetensorsFile _ = SafetensorsFile.open(file);
      return Optional.empty();
    } catch (Refusal damaged) {
      return Optional.of(String.valueOf(damaged.getMessage()));
    }
  }

  /** A model of somebody's own: whether its configurations and headers can be read. */
  public Finding model(ModelVariant model) {
    try {
      var _ = model.source().open();
      return new Finding(model.id(), false, "can be opened");
    } catch (Refusal damaged) {
      return new Finding(model.id(), true, String.valueOf(damaged.getMessage()));
    }
  }
}
