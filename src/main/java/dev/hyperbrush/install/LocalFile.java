package dev.hyperbrush.install;

import dev.hyperbrush.checkpoint.CheckpointKind;
import dev.hyperbrush.checkpoint.SafetensorsFile;
import dev.hyperbrush.generation.IoReason;
import dev.hyperbrush.generation.Phrase;
import dev.hyperbrush.generation.ReasonCode;
import dev.hyperbrush.generation.Refusal;
import dev.hyperbrush.pipeline.ModelCatalogue;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A weight file of this machine that is to be installed. Immutable.
 *
 * @param name without its ending, as people will type it
 */
public record LocalFile(Path path, FileKind kind, String name) {
  private static final String ENDING = ".safetensors";
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9._-]{0,79}");
  private static final int BUFFER = 1 << 20;

  /**
   * Reads the header of a file.
   *
   * @param as its name here; that of the file where empty
   * @throws Refusal when it is none that can be installed
   */
  public static LocalFile open(Path path, Optional<String> as) {
    String file = String.valueOf(path.getFileName());
    String lower = file.toLowerCase(Locale.ROOT);
    if (Files.isDirectory(path)) {
      throw refusal(path, "it is a folder; put it into <data>/models, or name it in models.yaml");
    }
    if (lower.endsWith(".ckpt")
        || lower.endsWith(".pt")
        || lower.endsWith(".pth")
        || lower.endsWith(".bin")) {
      throw refusal(
          path, "files of this kind execute code when they are opened; get it as .safetensors");
    }
    if (!lower.endsWith(ENDING)) {
      throw refusal(path, "only .safetensors files can be; get it in that form");
    }
    SafetensorsFile opened = SafetensorsFile.open(path);
    CheckpointKind kind = CheckpointKind.of(opened.path());
    String stem = file.substring(0, file.length() - ENDING.length());
    return new LocalFile(
        opened.path(),
        FileKind.of(kind).orElseThrow(() -> refusal(path, notUsed(kind))),
        as.isPresent() ? given(path, as.get()) : simplified(stem));
  }

  private static String notUsed(CheckpointKind kind) {
    return kind == CheckpointKind.UNKNOWN
        ? "nothing in it is known of a model, a LoRA, a VAE or an embedding"
        : "it is of the kind " + kind.title() + ", which is not used here";
  }

  private static String given(Path path, String name) {
    if (!NAME.matcher(name).matches()) {
      throw refusal(path, "“" + name + "” is no name: use letters, digits, dots, - and _");
    }
    return name;
  }

  private static String simplified(String stem) {
    String name = stem.replaceAll("[^A-Za-z0-9._-]+", "-").replaceAll("^[^A-Za-z0-9_]+", "");
    return name.isEmpty() ? "file" : name.substring(0, Math.min(80, name.length()));
  }

  /** Where it goes, below the data folder. */
  public String to() {
    return kind.folder() + "/" + name + ENDING;
  }

  /**
   * Makes sure of the name.
   *
   * @throws Refusal when something else has it
   */
  public void requireFree(Path data, ModelCatalogue catalogue) {
    if (Files.exists(data.resolve(to()))) {
      throw refusal(
          path, "there is a file " + data.resolve(to()) + "; give another name with --as");
    }
    boolean taken =
        kind == FileKind.MODEL
            && (catalogue.described(name).isPresent() || catalogue.find(name).isPresent());
    if (taken) {
      throw refusal(path, "“" + name + "” is the name of another model; give another with --as");
    }
  }

  /** Copies it, or links to it; it appears at once or not at all. */
  void place(Path target, boolean link, Watcher watcher) throws IOException {
    Files.createDirectories(target.getParent());
    if (link) {
      Files.createSymbolicLink(target, path);
      return;
    }
    Path copy = target.resolveSibling(target.getFileName() + ".part");
    try {
      copy(copy, watcher);
      Files.move(copy, target, StandardCopyOption.ATOMIC_MOVE);
    } finally {
      Files.deleteIfExists(copy);
    }
  }

  private void copy(Path to, Watcher watcher) throws IOException {
    long size = Files.size(path);
    byte[] buffer = new byte[BUFFER];
    long done = 0;
    try (InputStream in = Files.newInputStream(path);
        FileChannel out =
            FileChannel.open(
                to,
                StandardOpenOption.CREATE,
                StandardOpenOption.TRUNCATE_EXISTING,
                StandardOpenOption.WRITE)) {
      for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
        ByteBuffer data = ByteBuffer.wrap(buffer, 0, read);
        while (data.hasRemaining()) {
          out.write(data);
        }
        done += read;
        watcher.progress(done, size);
      }
      out.force(true);
    }
  }

  private static Refusal refusal(Path path, String why) {
    return new Refusal(ReasonCode.MODEL_FILE_NOT_ADDED, path, why);
  }

  /** Why it could not be placed. */
  Refusal failed(IOException e) {
    return new Refusal(Phrase.of(ReasonCode.MODEL_FILE_NOT_ADDED, path, IoReason.of(e)), e);
  }
}
