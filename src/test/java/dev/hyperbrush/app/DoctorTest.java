package dev.hyperbrush.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hyperbrush.store.Database;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** {@code doctor}, as a shell runs it. */
final class DoctorTest {
  private static final String PORT_OF_ANY = "web:\n  port: 0\n";

  @TempDir private Path folder;
  private final StringWriter out = new StringWriter();

  @Test
  void aFreshMachineIsWell() throws IOException {
    assertThat(doctor(PORT_OF_ANY)).isZero();

    assertThat(out.toString())
        .contains(
            "ok         settings",
            "ok         database     the file in the data folder opens",
            "ok         models",
            "ok         drawing      a tiny picture by tiny took",
            "ok         page         port",
            "ok         Discord      not set up",
            "ok         Telegram     not set up")
        .doesNotContain("broken  ");
  }

  @Test
  void whatIsBrokenIsNamedWithItsRemedyAndTheExitCode() throws IOException {
    try (FileChannel database = database();
        FileLock _ = database.lock();
        ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      Path token = Files.writeString(folder.resolve("token"), "not a token");

      int code =
          doctor(
              "web:\n  port: %d\ntelegram:\n  tokenFile: %s\n"
                  .formatted(taken.getLocalPort(), token));

      assertThat(code).isEqualTo(1);
      assertThat(out.toString())
          .contains(
              "broken     database",
              "in use by another process",
              "broken     page         Port " + taken.getLocalPort(),
              "broken     Telegram     what stands there is no token",
              "-> A token looks like")
          .doesNotContain("not a token");
    }
  }

  @Test
  void aRunningBotIsNoFault() throws IOException {
    try (FileChannel database = database();
        FileLock _ = database.lock();
        ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      RunningBot.announce(folder.resolve("data"), "http://127.0.0.1:1/");

      assertThat(doctor("web:\n  port: " + taken.getLocalPort() + "\n")).isZero();

      assertThat(out.toString()).contains("in use by the bot", "in use by the running bot");
    }
  }

  @Test
  void settingsThatCannotBeReadAreAllThatIsSaid() throws IOException {
    assertThat(doctor("limits:\n  maxStepz: 4\n")).isEqualTo(1);

    assertThat(out.toString()).startsWith("broken     settings").contains("maxStepz");
    assertThat(out.toString().lines()).hasSize(3);
  }

  @Test
  void helpTeachesWhatItIs() {
    CommandLine line = Main.commandLine().setOut(new PrintWriter(out));

    assertThat(line.execute("doctor", "--help")).isZero();

    assertThat(out.toString()).contains("HYPERBRUSH_DISCORD_TOKEN", "Exit codes", "attention");
  }

  /** As another process has it. */
  private FileChannel database() throws IOException {
    Database.open(folder.resolve("data")).close();
    return FileChannel.open(folder.resolve("data/db/hyperbrush.mv.db"), StandardOpenOption.WRITE);
  }

  private int doctor(String settings) throws IOException {
    Path file = Files.writeString(folder.resolve("hyperbrush.yaml"), settings);
    return Main.commandLine()
        .setOut(new PrintWriter(out))
        .execute(
            "doctor", "--config", file.toString(), "--data", folder.resolve("data").toString());
  }
}
