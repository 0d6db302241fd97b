package dev.hyperbrush.app;

import dev.hyperbrush.chat.Texts;
import dev.hyperbrush.config.AppConfig;
import dev.hyperbrush.generation.ReasonCode;
import dev.hyperbrush.generation.Refusal;
import dev.hyperbrush.store.Restore;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Brings back what {@code backup} has copied. */
@Command(
    name = "restore",
    mixinStandardHelpOptions = true,
    header = "Brings back the database and the pictures of a backup; the bot must not be running.",
    footer = "%nEverything is checked before anything is changed.")
final class RestoreCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private Setup setup;

  @Parameters(paramLabel = "FILE", description = "What backup has made.")
  private Path file = Path.of("");

  @Option(
      names = "--replace",
      description = "Puts a database that is there aside, under another name in its folder.")
  private boolean replace;

  @Override
  public Integer call() {
    AppConfig config = setup.config();
    config
        .store()
        .url()
        .ifPresent(url -> {
          throw new Refusal(ReasonCode.RESTORE_ELSEWHERE);
        });
    Restore.Restored restored = new Restore(config.data()).from(file, replace, Instant.now());
    PrintWriter out = spec.commandLine().getOut();
    Locale locale = Locale.getDefault();
    out.println(Texts.get(locale, "restore.done", config.data(), restored.pictures()));
    restored.kept().ifPresent(kept -> out.println(Texts.get(locale, "restore.kept", kept)));
    out.flush();
    return 0;
  }
}
