package dev.hyperbrush.app;

import dev.hyperbrush.config.AppConfig;
import dev.hyperbrush.generation.ReasonCode;
import dev.hyperbrush.generation.Refusal;
import dev.hyperbrush.install.Acceptances;
import dev.hyperbrush.install.Bytes;
import dev.hyperbrush.install.Installer;
import dev.hyperbrush.pipeline.CatalogueFile;
import dev.hyperbrush.pipeline.CatalogueFile.Part;
import dev.hyperbrush.pipeline.Licence;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import picocli.CommandLine;

/** What {@code models add} and {@code models pull} have in common. Owned by one thread. */
final class Fetching {
  private final AppConfig config;
  private final PrintWriter out;
  private final PrintWriter err;

  Fetching(AppConfig config, CommandLine terminal) {
    this.config = config;
    this.out = terminal.getOut();
    this.err = terminal.getErr();
  }

  /** A part and what it is a part of. */
  record Item(CatalogueFile file, Part part) {
    String name() {
      return String.valueOf(Path.of(part.to()).getFileName());
    }
  }

  /** Those parts of files that are not there. */
  List<Item> missing(List<CatalogueFile> files) {
    List<Item> items = new ArrayList<>();
    files.forEach(file ->
        Installer.missing(config.data(), List.of(file))
            .forEach(part -> items.add(new Item(file, part))));
    return items;
  }

  /** Says what will come. */
  void announce(List<Item> items) {
    if (items.isEmpty()) {
      out.println("  All its files are there.");
      out.flush();
      return;
    }
    for (Item item : items) {
      out.printf("  %-44s %s%n", item.part().to(), ModelText.size(List.of(item.part())));
    }
    if (items.size() > 1) {
      out.println("  " + ModelText.size(items.stream().map(Item::part).toList()) + " in all");
    }
    List<String> unchecked =
        items.stream()
            .map(Item::file)
            .filter(file -> !file.verified())
            .map(CatalogueFile::id)
            .distinct()
            .toList();
    if (!unchecked.isEmpty()) {
      out.println(
          "  Addresses that were not checked when this version was made: "
              + String.join(", ", unchecked));
    }
    out.flush();
  }

  /**
   * Has the licences of files accepted that were not yet.
   *
   * @param accepted whether the command line says yes to all
   * @throws Refusal when they are not
   */
  void accept(String id, List<CatalogueFile> files, boolean accepted) {
    Acceptances acceptances = Acceptances.open(config.data(), Clock.systemUTC());
    List<Licence> open =
        Picked.licences(files).stream().filter(licence -> !acceptances.holds(licence)).toList();
    if (open.isEmpty()) {
      return;
    }
    out.println("Licences:");
    open.forEach(licence -> out.println("  " + ModelText.licence(licence)));
    out.flush();
    if (!accepted && !Ask.yes("Have you read them, and do you accept?")) {
      String urls =
          open.stream()
              .map(one -> one.url().toString())
              .distinct()
              .collect(Collectors.joining(", "));
      throw new Refusal(ReasonCode.LICENCE_NOT_ACCEPTED, id, urls);
    }
    open.forEach(acceptances::accept);
  }

  /** Downloads all of them, one after the other. */
  void fetch(Installer installer, List<Item> items) throws InterruptedException {
    installer.requireRoom(items.stream().map(Item::part).toList());
    for (Item item : items) {
      TransferBar bar = TransferBar.of(err, item.name());
      installer.fetch(item.file(), item.part(), bar);
      Path file = config.data().resolve(item.part().to());
      String checked = item.part().sha256().isPresent() ? "SHA-256 as published" : "whole";
      bar.end(item.name() + "  " + Bytes.shown(file.toFile().length()) + ", " + checked);
    }
  }

  /** Whether a bot runs on this data folder. */
  boolean botRuns() {
    return Files.exists(config.data()) && RunningBot.isThere(config.data());
  }
}
