package dev.hyperbrush.pipeline;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.hyperbrush.checkpoint.LoraFacts;
import dev.hyperbrush.generation.LoraWeight;
import dev.hyperbrush.generation.Phrase;
import dev.hyperbrush.generation.Refusal;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitOption;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.NavigableMap;
import java.util.OptionalDouble;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Reads what LoRAs there are in folders, with what they say of themselves and what lies beside
 * them: {@code name.json} as A1111 keeps it, with "activation text" and "preferred weight", and
 * {@code name.txt} with words to use. A file that has not changed is not read again. Thread-safe.
 */
final class LoraLibrary {
  private static final String ENDING = ".safetensors";
  private static final int DEEPEST = 5;
  private static final int LARGEST_BESIDE = 64 << 10;
  private static final ObjectMapper JSON = new ObjectMapper();

  private final FileHashes hashes;
  private final Map<Path, Read> known = new ConcurrentHashMap<>();

  LoraLibrary(Path data) {
    this.hashes = FileHashes.in(data.resolve("cache/hashes"));
  }

  /** A file as it was when it was read. */
  private record Read(List<Object> stamp, InstalledLora lora) {}

  /**
   * The LoRAs below a folder by what people call them: the name of the file, or where several have
   * that, with the folders that it is in.
   *
   * @param problems gets why some were left out
   */
  NavigableMap<String, InstalledLora> below(
      Path folder, Predicate<Path> ready, List<Phrase> problems) {
    List<Path> files = files(folder).filter(ready).toList();
    Map<String, Long> counts =
        files.stream()
            .collect(Collectors.groupingBy(LoraLibrary::lowerStem, Collectors.counting()));
    NavigableMap<String, InstalledLora> found = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    for (Path file : files) {
      boolean only = counts.getOrDefault(lowerStem(file), 1L) == 1;
      String name = only ? stem(file) : withoutEnding(folder.relativize(file));
      try {
        found.put(name, read(file).as(name));
      } catch (Refusal broken) {
        problems.add(broken.phrase());
      }
    }
    return found;
  }

  private static Stream<Path> files(Path folder) {
    if (!Files.isDirectory(folder)) {
      return Stream.empty();
    }
    List<Path> found = new ArrayList<>();
    try {
      Files.walkFileTree(
          folder, EnumSet.of(FileVisitOption.FOLLOW_LINKS), DEEPEST, new Collecting(found));
    } catch (IOException e) {
      throw InstalledModels.notReadable(folder, e);
    }
    return found.stream()
        .filter(file -> file.toString().endsWith(ENDING))
        .filter(file -> file.toString().codePoints().noneMatch(LoraLibrary::isOdd))
        .sorted();
  }

  /** Goes past what cannot be read, has gone since, or leads in a circle. */
  private static final class Collecting extends SimpleFileVisitor<Path> {
    private final List<Path> found;

    Collecting(List<Path> found) {
      this.found = found;
    }

    @Override
    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
      if (attributes.isRegularFile()) {
        found.add(file);
      }
      return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult visitFileFailed(Path file, IOException e) {
      return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult postVisitDirectory(Path folder, @Nullable IOException e) {
      return FileVisitResult.CONTINUE;
    }
  }

  /** Names go into prompts as {@code <lora:name>} and onto screens. */
  private static boolean isOdd(int sign) {
    return sign == '<' || sign == '>' || Character.isISOControl(sign);
  }

  private InstalledLora read(Path file) {
    List<Object> stamp = stamp(file);
    Read before = known.get(file);
    if (before != null && before.stamp().equals(stamp)) {
      return before.lora();
    }
    JsonNode beside = json(file.resolveSibling(stem(file) + ".json"));
    LoraFacts facts =
        LoraFacts.read(file)
            .withTriggers(beside.path("activation text").asText(""))
            .withTriggers(text(file.resolveSibling(stem(file) + ".txt")))
            .orBase(beside.path("sd version").asText(""));
    InstalledLora lora =
        new InstalledLora(stem(file), file, size(file), facts, weight(beside), hashes);
    known.put(file, new Read(stamp, lora));
    return lora;
  }

  /** A1111 writes 0 for none. */
  private static OptionalDouble weight(JsonNode beside) {
    double weight = beside.path("preferred weight").asDouble(0);
    boolean possible = weight != 0 && Math.abs(weight) <= LoraWeight.MAX;
    return possible ? OptionalDouble.of(weight) : OptionalDouble.empty();
  }

  private static List<Object> stamp(Path file) {
    List<Object> stamp = new ArrayList<>();
    for (String ending : List.of(ENDING, ".json", ".txt")) {
      Path part = file.resolveSibling(stem(file) + ending);
      try {
        stamp.add(Files.size(part));
        stamp.add(Files.getLastModifiedTime(part));
      } catch (IOException absent) {
        stamp.add("");
      }
    }
    return stamp;
  }

  private static long size(Path file) {
    try {
      return Files.size(file);
    } catch (IOException gone) {
      return 0;
    }
  }

  private static JsonNode json(Path file) {
    try {
      return JSON.readTree(text(file));
    } catch (IOException broken) {
      return JSON.createObjectNode();
    }
  }

  private static String text(Path file) {
    try {
      return Files.size(file) > LARGEST_BESIDE
          ? ""
          : new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
    } catch (IOException absent) {
      return "";
    }
  }

  private static String lowerStem(Path file) {
    return stem(file).toLowerCase(Locale.ROOT);
  }

  private static String stem(Path file) {
    String name = withoutEnding(file);
    return name.substring(name.lastIndexOf('/') + 1);
  }

  private static String withoutEnding(Path file) {
    String name = file.toString().replace('\\', '/');
    return name.substring(0, name.length() - ENDING.length());
  }
}
