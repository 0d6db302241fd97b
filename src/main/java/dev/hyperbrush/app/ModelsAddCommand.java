package dev.hyperbrush.app;

import dev.hyperbrush.config.AppConfig;
import dev.hyperbrush.install.Installer;
import dev.hyperbrush.install.LocalFile;
import dev.hyperbrush.pipeline.ModelCatalogue;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Installs a model of the catalogue, or a file of this machine. */
@Command(
    name = "add",
    mixinStandardHelpOptions = true,
    header = "Installs a model of the catalogue, or a .safetensors file of yours.",
    description = {
      "%nShows licences and sizes, asks, downloads what is missing and checks it. Cut off, it goes"
          + " on where it was when it is run again.",
      "",
      "Of a file it is found out what it is: a model, a LoRA, a VAE, an embedding."
    },
    footer = {
      "%nA token for files that their makers give only to people they know is read from the"
          + " environment variable HYPERBRUSH_HF_TOKEN.",
      "",
      "Exit codes: 0 installed, 1 refused or failed; run it again to go on."
    })
final class ModelsAddCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private Setup setup;

  @Parameters(paramLabel = "NAME|FILE", description = "As models list shows it, or a path.")
  private String what = "";

  @Option(names = "--accept-licence", description = "Says yes to the licences, for scripts.")
  private boolean accepted;

  @Option(names = "--as", paramLabel = "NAME", description = "Of a file: its name here.")
  private @Nullable String as;

  @Option(names = "--link", description = "Of a file: links to it instead of copying it.")
  private boolean link;

  @Override
  public Integer call() throws InterruptedException {
    AppConfig config = setup.config();
    ModelCatalogue catalogue = config.models();
    if (isPath(catalogue)) {
      addFile(config, catalogue);
    } else {
      addModel(config, new Picked(catalogue, what).required());
    }
    return 0;
  }

  private boolean isPath(ModelCatalogue catalogue) {
    boolean named = !new Picked(catalogue, what).files().isEmpty();
    return !named
        && (what.contains("/")
            || what.contains("\\")
            || what.endsWith(".safetensors")
            || Files.exists(Path.of(what)));
  }

  private void addModel(AppConfig config, Picked picked) throws InterruptedException {
    PrintWriter out = spec.commandLine().getOut();
    Fetching fetching = new Fetching(config, spec.commandLine());
    List<Fetching.Item> missing = fetching.missing(picked.files());
    picked
        .model()
        .ifPresent(model -> out.println((model.variant().title() + "  " + model.notes()).strip()));
    fetching.announce(missing);
    fetching.accept(picked.id(), picked.files(), accepted);
    try (Installer installer = Installer.open(config.data(), config.downloads())) {
      installer.markAdded(picked.id());
      fetching.fetch(installer, missing);
    }
    picked
        .model()
        .ifPresentOrElse(
            model -> {
              out.println(
                  "Installed. To draw with it: /imagine a lighthouse at dawn --model "
                      + model.id());
              out.println("For people who name no model: models use " + model.id());
            },
            () -> out.println("Installed."));
    sayWhen(fetching, out);
  }

  private static void sayWhen(Fetching fetching, PrintWriter out) {
    if (fetching.botRuns()) {
      out.println("The bot that runs now takes it up within half a minute.");
    }
    out.flush();
  }

  private void addFile(AppConfig config, ModelCatalogue catalogue) {
    PrintWriter out = spec.commandLine().getOut();
    LocalFile file = LocalFile.open(Path.of(what), Optional.ofNullable(as));
    file.requireFree(config.data(), catalogue);
    TransferBar bar = TransferBar.of(spec.commandLine().getErr(), file.name());
    try (Installer installer = Installer.open(config.data(), config.downloads())) {
      installer.place(file, link, bar);
    }
    bar.end(file.name() + "  " + file.kind().words() + ", in " + config.data().resolve(file.to()));
    out.println(file.kind().use(file.name()));
    sayWhen(new Fetching(config, spec.commandLine()), out);
  }
}
