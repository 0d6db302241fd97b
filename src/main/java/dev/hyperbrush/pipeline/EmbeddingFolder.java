package dev.hyperbrush.pipeline;

import dev.hyperbrush.checkpoint.TextualInversion;
import dev.hyperbrush.generation.Phrase;
import dev.hyperbrush.generation.ReasonCode;
import dev.hyperbrush.generation.Refusal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The textual inversions in a folder, by the names of their files. Owned by one thread.
 *
 * <p>The folder is looked at anew for each prompt, so that files may come and go; those that did
 * not change are not read again.
 */
public final class EmbeddingFolder {
  private static final Logger LOG = LoggerFactory.getLogger(EmbeddingFolder.class);
  private static final int MOST_FILES = 10_000;
  private static final String ENDING = ".safetensors";

  /** They execute code when they are read as they are meant to be. */
  private static final Set<String> PICKLES = Set.of(".pt", ".bin", ".pth", ".ckpt");

  private final Optional<Path> folder;
  private Map<Path, Entry> entries = Map.of();

  /**
   * What lies under a name.
   *
   * @param modified when its file was, so that one that was replaced is seen
   * @param refused why it cannot be used, if so
   */
  record Entry(
      String name, long modified, Optional<TextualInversion> inversion, Optional<Phrase> refused) {}

  EmbeddingFolder(Path folder) {
    this.folder = Optional.of(folder);
  }

  private EmbeddingFolder() {
    this.folder = Optional.empty();
  }

  /** The names of those in a data folder that are embeddings, whichever model they are for. */
  public static List<String> names(Path data) {
    return new EmbeddingFolder(data.resolve("embeddings"))
        .look().values().stream()
            .filter(entry -> entry.inversion().isPresent())
            .map(Entry::name)
            .toList();
  }

  /** One that is always empty. */
  static EmbeddingFolder none() {
    return new EmbeddingFolder();
  }

  /** All that is there now. */
  Map<Path, Entry> look() {
    Map<Path, Entry> now = new TreeMap<>();
    folder
        .filter(Files::isDirectory)
        .ifPresent(there ->
            files(there).forEach(file -> entry(file).ifPresent(entry -> now.put(file, entry))));
    if (!now.equals(entries)) {
      entries = Collections.unmodifiableMap(now);
    }
    return entries;
  }

  private static List<Path> files(Path folder) {
    try (Stream<Path> files = Files.list(folder)) {
      return files.limit(MOST_FILES).toList();
    } catch (IOException e) {
      LOG.warn("the folder of embeddings {} cannot be read", folder, e);
      return List.of();
    }
  }

  private Optional<Entry> entry(Path file) {
    String fileName = file.getFileName().toString();
    int dot = fileName.lastIndexOf('.');
    String ending = dot > 0 ? fileName.substring(dot) : "";
    long modified = file.toFile().lastModified();
    Entry known = entries.get(file);
    if (known != null && known.modified() == modified) {
      return Optional.of(known);
    }
    String name = fileName.substring(0, Math.max(dot, 0));
    if (PICKLES.contains(ending)) {
      Phrase why = Phrase.of(ReasonCode.EMBEDDING_PICKLE, fileName);
      return Optional.of(new Entry(name, modified, Optional.empty(), Optional.of(why)));
    }
    return ending.equals(ENDING) ? Optional.of(read(file, name, modified)) : Optional.empty();
  }

  private static Entry read(Path file, String name, long modified) {
    try {
      Optional<TextualInversion> inversion = Optional.of(TextualInversion.open(file));
      return new Entry(name, modified, inversion, Optional.empty());
    } catch (Refusal unusable) {
      return new Entry(name, modified, Optional.empty(), Optional.of(unusable.phrase()));
    }
  }
}
