package dev.hyperbrush.app;

import dev.hyperbrush.chat.Texts;
import dev.hyperbrush.config.AppConfig;
import dev.hyperbrush.generation.ReasonCode;
import dev.hyperbrush.generation.Refusal;
import dev.hyperbrush.store.Backups;
import dev.hyperbrush.store.Database;
import dev.hyperbrush.store.PictureStore;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Copies database and pictures into one file, whether the bot runs or not. */
@Command(
    name = "backup",
    mixinStandardHelpOptions = true,
    header = "Copies the database and all pictures into one zip file; the bot may be running.",
    footer =
        "%nWithout FILE, it goes into the folder backups of the data folder."
            + " Bring it back with: restore FILE")
final class BackupCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private Setup setup;

  @Parameters(
      arity = "0..1",
      paramLabel = "FILE",
      description = "The zip file to make; only while the bot is not running.")
  private @Nullable Path file;

  @Override
  public Integer call() throws InterruptedException {
    AppConfig config = setup.config();
    PrintWriter out = spec.commandLine().getOut();
    try (Database database = Database.open(config.data(), config.store())) {
      Backups backups = new Backups(database, PictureStore.open(config.data()));
      Backups.Backup made =
          Optional.ofNullable(file).map(backups::make).orElseGet(() -> backups.make(Instant.now()));
      out.println(
          Texts.get(
              Locale.getDefault(),
              "admin.backup.done",
              made.file(),
              made.pictures(),
              made.bytes() >> 20));
    } catch (Refusal refusal) {
      if (refusal.code() != ReasonCode.DATABASE_IN_USE) {
        throw refusal;
      }
      return askRunningBot(config);
    }
    out.flush();
    return 0;
  }

  /** It alone can read its database; where it writes is not for others to say. */
  private int askRunningBot(AppConfig config) throws InterruptedException {
    if (file != null) {
      throw new Refusal(ReasonCode.BACKUP_PLACE_FIXED, file);
    }
    return RunningBot.ask(config, "/admin backup", spec.commandLine());
  }
}
