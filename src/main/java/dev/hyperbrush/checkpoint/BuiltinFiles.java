package dev.hyperbrush.checkpoint;

import dev.hyperbrush.generation.IoReason;
import dev.hyperbrush.generation.Phrase;
import dev.hyperbrush.generation.ReasonCode;
import dev.hyperbrush.generation.Refusal;
import dev.hyperbrush.generation.Sha256;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;

/**
 * The files of a model that is packed in the program. ONNX Runtime wants weights as files, so they
 * are copied out once; every start checks the copies against {@code SHA256SUMS} (11 MB take some 30
 * ms) and replaces what is missing, damaged or from another version of the program.
 *
 * <p>Immutable. Several processes may unpack into one folder at once: each file appears by a
 * rename, whole, and whoever comes second writes the same bytes.
 */
public final class BuiltinFiles {
  private static final String MANIFEST = "SHA256SUMS";

  private final String resources;
  private final Map<String, String> hashes;

  /**
   * @param resources folder on the class path that holds the files and their {@code SHA256SUMS},
   *     for example {@code /dev/hyperbrush/models/tiny}
   */
  public BuiltinFiles(String resources) {
    this.resources = resources;
    this.hashes = manifest();
  }

  /**
   * Makes {@code folder} hold exactly the packed bytes of every file.
   *
   * @throws Refusal when a file cannot be written
   */
  public void unpackTo(Path folder) {
    hashes.forEach((name, hash) -> {
      Path file = folder.resolve(name);
      if (!holds(file, hash)) {
        replace(file, name, hash);
      }
    });
  }

  private static boolean holds(Path file, String hash) {
    try {
      return Sha256.of(file).equals(hash);
    } catch (IOException e) {
      return false; // missing or unreadable: replaced, or refused with the reason why it cannot be
    }
  }

  private void replace(Path file, String name, String hash) {
    try {
      Files.createDirectories(file.getParent());
      Path whole = file.resolveSibling("." + UUID.randomUUID() + ".part");
      try (InputStream in = open(name)) {
        Files.copy(in, whole);
        if (!holds(whole, hash)) {
          throw new IOException("what was written reads back differently");
        }
        Files.move(
            whole, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
      } finally {
        Files.deleteIfExists(whole);
      }
    } catch (IOException e) {
      throw new Refusal(Phrase.of(ReasonCode.DATA_NOT_WRITABLE, file, IoReason.of(e)), e);
    }
  }

  private Map<String, String> manifest() {
    Map<String, String> found = new LinkedHashMap<>();
    try (InputStream in = open(MANIFEST)) {
      new String(in.readAllBytes(), StandardCharsets.UTF_8)
          .lines()
          .map(line -> line.split(" +", 2))
          .forEach(entry -> found.put(entry[1], entry[0]));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return found;
  }

  private InputStream open(String name) {
    InputStream in = BuiltinFiles.class.getResourceAsStream(resources + "/" + name);
    if (in == null) {
      throw new IllegalStateException("the program was packed without " + resources + "/" + name);
    }
    return in;
  }
}
