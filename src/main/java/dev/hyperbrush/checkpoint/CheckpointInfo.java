package dev.hyperbrush.checkpoint;

import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a file of weights tells about itself before it is used. Immutable.
 *
 * @param title that its makers wrote into it
 * @param side of the pictures that it was trained on, in pixels, where it says so
 * @param zeroTerminalSnr whether it was trained down to pure noise (arXiv 2305.08891)
 */
public record CheckpointInfo(
    Path file,
    CheckpointKind kind,
    Optional<String> title,
    Optional<Integer> side,
    boolean zeroTerminalSnr) {
  private static final Pattern RESOLUTION = Pattern.compile("(\\d{2,4})(?:x(\\d{2,4}))?");
  private static final int MAX_TITLE = 80;

  /**
   * Reads the file's header.
   *
   * @throws dev.hyperbrush.generation.Refusal when it is no safetensors file, or broken
   */
  public static CheckpointInfo read(Path path) {
    SafetensorsFile file = SafetensorsFile.open(path);
    return new CheckpointInfo(
        path,
        CheckpointKind.of(file),
        metadata(file, "modelspec.title").filter(title -> title.length() <= MAX_TITLE),
        metadata(file, "modelspec.resolution").flatMap(CheckpointInfo::side),
        Prediction.hasZeroTerminalSnr(file));
  }

  /**
   * The family of a model that is whole in one file.
   *
   * @throws dev.hyperbrush.generation.Refusal when it is anything else, saying what
   */
  public ModelFamily wholeModel() {
    return SingleFile.family(file, kind);
  }

  private static Optional<String> metadata(SafetensorsFile file, String key) {
    return Optional.ofNullable(file.metadata().get(key))
        .map(String::strip)
        .filter(value -> !value.isEmpty() && value.chars().noneMatch(Character::isISOControl));
  }

  private static Optional<Integer> side(String resolution) {
    Matcher sides = RESOLUTION.matcher(resolution);
    return sides.matches()
        ? Optional.of(Integer.parseInt(sides.group(1))).filter(side -> side % 8 == 0)
        : Optional.empty();
  }
}
