package dev.hyperbrush.app;

import dev.hyperbrush.config.AppConfig;
import dev.hyperbrush.generation.ReasonCode;
import dev.hyperbrush.generation.Refusal;
import dev.hyperbrush.install.Installer;
import dev.hyperbrush.install.Removal;
import dev.hyperbrush.pipeline.ChosenModel;
import dev.hyperbrush.pipeline.ModelCatalogue;
import dev.hyperbrush.store.Database;
import dev.hyperbrush.store.OutlookDao;
import java.io.PrintWriter;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicLong;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Deletes a model's files, but those that others need. */
@Command(
    name = "remove",
    mixinStandardHelpOptions = true,
    header = "Deletes a model, a LoRA or a file; what other models need stays.")
final class ModelsRemoveCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private Setup setup;

  @Parameters(paramLabel = "NAME", description = "As models list shows it.")
  private String id = "";

  @Option(names = "--yes", description = "Does not ask.")
  private boolean yes;

  @Override
  public Integer call() {
    AppConfig config = setup.config();
    ModelCatalogue catalogue = config.models();
    PrintWriter out = spec.commandLine().getOut();
    Removal removal = Removal.of(catalogue, config.data(), id);
    removal.files().forEach(file -> out.println("  " + file));
    removal.kept().forEach(kept -> out.println("  stays: " + kept));
    if (removal.files().isEmpty()) {
      forget(config, removal, out);
      return 0;
    }
    if (removal.model()) {
      out.println("  " + waiting(config));
    }
    out.flush();
    if (!yes && !Ask.yes("Delete these files?")) {
      throw new Refusal(ReasonCode.MODEL_NOT_REMOVED, id, "say yes, or add --yes");
    }
    try (Installer installer = Installer.open(config.data(), config.downloads())) {
      removal.run(installer);
    }
    if (ChosenModel.read(config.data()).filter(id::equalsIgnoreCase).isPresent()) {
      ChosenModel.clear(config.data());
      out.println("It was the default; the built-in model is that again.");
    }
    out.println("Removed.");
    out.flush();
    return 0;
  }

  /** Nothing is there to delete; it is not brought by {@code models pull} any more. */
  private static void forget(AppConfig config, Removal removal, PrintWriter out) {
    try (Installer installer = Installer.open(config.data(), config.downloads())) {
      removal.run(installer);
    }
    out.println(
        removal.kept().isEmpty()
            ? "Nothing of it is here."
            : "Nothing was deleted: what is here of it, others need.");
    out.flush();
  }

  /** What becomes of pictures that were asked for with this model. */
  private String waiting(AppConfig config) {
    Optional<Long> jobs = jobs(config);
    if (jobs.isEmpty()) {
      return "The bot is running: pictures that wait for this model will be refused when their turn"
          + " comes.";
    }
    return jobs.get() == 0
        ? "No picture waits for it."
        : "Pictures that wait for it, and will be refused when their turn comes: " + jobs.get();
  }

  /** How many wait; empty when the database is in use by the bot, or none can be reached. */
  private Optional<Long> jobs(AppConfig config) {
    if (!Database.exists(config.data(), config.store())) {
      return Optional.of(0L);
    }
    AtomicLong waiting = new AtomicLong();
    try (Database database = Database.open(config.data(), config.store())) {
      OutlookDao outlook = new OutlookDao(database);
      outlook.waiting((_, _, _, model) -> {
        if (model.equalsIgnoreCase(id)) {
          waiting.incrementAndGet();
        }
      });
      waiting.addAndGet(
          outlook.running().stream().filter(job -> job.model().equalsIgnoreCase(id)).count());
      return Optional.of(waiting.get());
    } catch (Refusal inUse) {
      return Optional.empty();
    }
  }
}
