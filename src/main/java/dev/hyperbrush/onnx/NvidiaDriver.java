package dev.hyperbrush.onnx;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * NVIDIA's driver and the cards it has. Immutable.
 *
 * @param version such as {@code 580.65.06}; empty without a driver
 * @param cards as {@code nvidia-smi} lists them; empty where that cannot be asked
 */
public record NvidiaDriver(Optional<String> version, List<Card> cards) {
  private static final Path KERNEL_MODULE = Path.of("/proc/driver/nvidia/version");
  private static final List<String> QUERY =
      List.of(
          "nvidia-smi",
          "--query-gpu=index,name,driver_version,memory.total,memory.free,compute_cap",
          "--format=csv,noheader,nounits");
  private static final int COLUMNS = 6;

  /** A driver that hangs, as they do when a card has failed, is left alone. */
  private static final int PATIENCE_SECONDS = 10;

  private static final Pattern VERSION = Pattern.compile("Kernel Module.*? ([0-9]+(\\.[0-9]+)+)");

  /**
   * A card.
   *
   * @param capability its compute capability, such as {@code 9.0}
   */
  public record Card(
      int index, String name, String driver, String megabytes, String free, String capability) {
    @Override
    public String toString() {
      return name
          + " ("
          + megabytes
          + " MiB, "
          + free
          + " MiB free, compute capability "
          + capability
          + ")";
    }
  }

  public NvidiaDriver {
    cards = List.copyOf(cards);
  }

  /** Those of this machine. Takes up to ten seconds. */
  public static NvidiaDriver look() {
    return look(KERNEL_MODULE, QUERY);
  }

  static NvidiaDriver look(Path kernelModule, List<String> query) {
    List<Card> cards = cards(answer(query));
    Optional<String> version = cards.stream().map(Card::driver).findFirst();
    return new NvidiaDriver(version.or(() -> versionIn(text(kernelModule))), cards);
  }

  /** The card of this number. */
  public Optional<Card> card(int index) {
    return cards.stream().filter(card -> card.index == index).findFirst();
  }

  private static Optional<String> versionIn(String text) {
    Matcher version = VERSION.matcher(text);
    return version.find() ? Optional.of(version.group(1)) : Optional.empty();
  }

  private static List<Card> cards(String csv) {
    return csv.lines()
        .map(line -> line.split(",", -1))
        .filter(cells -> cells.length == COLUMNS && cells[0].strip().matches("[0-9]{1,3}"))
        .map(cells -> Arrays.stream(cells).map(String::strip).toArray(String[]::new))
        .map(cell ->
            new Card(Integer.parseInt(cell[0]), cell[1], cell[2], cell[3], cell[4], cell[5]))
        .toList();
  }

  private static String text(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      return ""; // no driver
    }
  }

  private static String answer(List<String> command) {
    try {
      Process process =
          new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
      try {
        // Some lines: they fit into the pipe.
        return process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)
            ? new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8)
            : "";
      } finally {
        process.destroyForcibly();
      }
    } catch (IOException e) {
      return ""; // there is none
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return "";
    }
  }
}
