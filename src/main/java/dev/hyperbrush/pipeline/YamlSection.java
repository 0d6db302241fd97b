package dev.hyperbrush.pipeline;

import static java.time.temporal.ChronoUnit.MILLIS;
import static java.util.stream.Collectors.joining;

import dev.hyperbrush.generation.Nearest;
import dev.hyperbrush.generation.Phrase;
import dev.hyperbrush.generation.ReasonCode;
import dev.hyperbrush.generation.Refusal;
import java.io.StringReader;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;

/**
 * One mapping of a YAML file that an operator writes. Every read says what it accepts; what does
 * not fit is refused with file, line, value and remedy, and so is, by {@link #refuseUnknownKeys},
 * every key that nobody read.
 *
 * <p>Owned by the thread that reads the file.
 */
public final class YamlSection {
  /** A value and where it was given: a line of the file, or elsewhere, which wins over it. */
  public record Given(String where, String value) {}

  private static final Pattern DURATION = Pattern.compile("([0-9]{1,9}) ?(ms|s|m|h|d)");

  /** The largest first. */
  private static final Map<String, ChronoUnit> UNITS = new LinkedHashMap<>();

  static {
    UNITS.put("d", ChronoUnit.DAYS);
    UNITS.put("h", ChronoUnit.HOURS);
    UNITS.put("m", ChronoUnit.MINUTES);
    UNITS.put("s", ChronoUnit.SECONDS);
    UNITS.put("ms", MILLIS);
  }

  private final String file;
  private final String path;
  private final int line;
  private final Function<String, Optional<Given>> overrides;
  private final Map<String, Node> values = new LinkedHashMap<>();
  private final Map<String, Integer> lines = new LinkedHashMap<>();
  private final Set<String> known = new LinkedHashSet<>();

  private YamlSection(
      String file, String path, @Nullable Node node, Function<String, Optional<Given>> overrides) {
    this.file = file;
    this.path = path;
    this.overrides = overrides;
    this.line = node == null ? 1 : lineOf(node);
    if (node instanceof MappingNode mapping) {
      mapping.getValue().forEach(this::add);
    } else if (node != null && !isNull(node)) {
      throw new Refusal(
          ReasonCode.SETTING_WRONG, where(line), name(), text(node), "a list of “key: value”");
    }
  }

  /**
   * Reads a whole file.
   *
   * @param file its name, for messages
   * @param overrides values from elsewhere by path, for example {@code web.port}
   * @throws Refusal when the text is not YAML, or not a mapping
   */
  public static YamlSection parse(
      String file, String text, Function<String, Optional<Given>> overrides) {
    try {
      // Composed, not constructed: no tag in the file ever makes a Java object.
      Node root = new Yaml(new LoaderOptions()).compose(new StringReader(text));
      return new YamlSection(file, "", root, overrides);
    } catch (MarkedYAMLException e) {
      String place = file + ", line " + (e.getProblemMark().getLine() + 1);
      throw new Refusal(Phrase.of(ReasonCode.SETTINGS_NOT_YAML, place, e.getProblem()), e);
    } catch (YAMLException e) {
      throw new Refusal(
          Phrase.of(ReasonCode.SETTINGS_NOT_YAML, file, String.valueOf(e.getMessage())), e);
    }
  }

  /** The mapping under a key, empty when absent. */
  public YamlSection section(String key) {
    known.add(key);
    return new YamlSection(file, pathOf(key), values.get(key), overrides);
  }

  /** The mappings in the list under a key. */
  public List<YamlSection> sections(String key) {
    return items(key).stream()
        .map(item -> new YamlSection(file, pathOf(key), item, overrides))
        .toList();
  }

  /** The keys, for a mapping whose keys are names. */
  public Set<String> keys() {
    return new LinkedHashSet<>(values.keySet());
  }

  /** For a key that is not possible. */
  public Refusal wrongKey(String key, String accepted) {
    return new Refusal(
        ReasonCode.SETTING_WRONG, where(lines.getOrDefault(key, line)), name(), key, accepted);
  }

  /** The mappings by name in the mapping under a key. */
  public Map<String, YamlSection> named(String key) {
    YamlSection names = section(key);
    Map<String, YamlSection> found = new LinkedHashMap<>();
    names.values.keySet().forEach(name -> found.put(name, names.section(name)));
    return found;
  }

  /** The values in the list under a key; see {@link #read}. */
  public <T> List<T> list(String key, String accepted, Function<String, Optional<T>> parse) {
    return items(key).stream()
        .map(item -> parsed(new Given(where(lineOf(item)), text(item)), key, accepted, parse))
        .toList();
  }

  public Optional<String> text(String key) {
    return read(key, "a text", Optional::of);
  }

  public boolean flag(String key, boolean fallback) {
    return read(
            key,
            "true or false",
            text ->
                switch (text) {
                  case "true" -> Optional.of(true);
                  case "false" -> Optional.of(false);
                  default -> Optional.empty();
                })
        .orElse(fallback);
  }

  public int integer(String key, int fallback, int min, int max) {
    return read(
            key,
            "a whole number from " + min + " to " + max,
            text -> Optional.of(Integer.valueOf(text)).filter(n -> n >= min && n <= max))
        .orElse(fallback);
  }

  public double number(String key, double fallback, double min, double max) {
    return read(
            key,
            "a number from " + plain(min) + " to " + plain(max),
            text ->
                Optional.of(new BigDecimal(text).doubleValue()).filter(n -> n >= min && n <= max))
        .orElse(fallback);
  }

  /** A time as people write it: a number and its unit, for example {@code 90s} or {@code 2h}. */
  public Duration duration(String key, Duration fallback, Duration min, Duration max) {
    return read(
            key,
            "a time from "
                + plain(min)
                + " to "
                + plain(max)
                + ", with its unit: ms, s, m, h or d, for example 90s",
            text -> duration(text).filter(t -> t.compareTo(min) >= 0 && t.compareTo(max) <= 0))
        .orElse(fallback);
  }

  private static Optional<Duration> duration(String text) {
    Matcher parts = DURATION.matcher(text);
    return parts.matches()
        ? Optional.of(
            Duration.of(Long.parseLong(parts.group(1)), UNITS.getOrDefault(parts.group(2), MILLIS)))
        : Optional.empty();
  }

  /** In the largest unit that divides it. */
  private static String plain(Duration time) {
    return UNITS.entrySet().stream()
        .filter(unit -> time.toMillis() % unit.getValue().getDuration().toMillis() == 0)
        .findFirst()
        .map(unit -> time.dividedBy(unit.getValue().getDuration()) + unit.getKey())
        .orElseGet(time::toString);
  }

  /** One of some words, as they are spelled there, letter case aside. */
  public <E extends Enum<E>> Optional<E> oneOf(String key, Class<E> choices) {
    List<E> all = List.of(choices.getEnumConstants());
    String words =
        all.stream().map(choice -> choice.name().toLowerCase(Locale.ROOT)).collect(joining(", "));
    return read(
        key,
        "one of " + words,
        text -> all.stream().filter(choice -> choice.name().equalsIgnoreCase(text)).findFirst());
  }

  /**
   * Any kind of value, empty when absent.
   *
   * @param accepted what {@code parse} takes, to go on “but must be”
   * @param parse empty, a Refusal or an IllegalArgumentException for what it does not take
   */
  public <T> Optional<T> read(String key, String accepted, Function<String, Optional<T>> parse) {
    known.add(key);
    return overrides
        .apply(pathOf(key))
        .or(() -> written(key))
        .map(value -> parsed(value, key, accepted, parse));
  }

  private <T> T parsed(
      Given value, String key, String accepted, Function<String, Optional<T>> parse) {
    Refusal wrong =
        new Refusal(ReasonCode.SETTING_WRONG, value.where(), pathOf(key), value.value(), accepted);
    try {
      return parse.apply(value.value()).orElseThrow(() -> wrong);
    } catch (Refusal | IllegalArgumentException e) {
      throw wrong;
    }
  }

  /** For a key that has no default. */
  public Refusal missing(String key, String accepted) {
    return new Refusal(ReasonCode.SETTING_MISSING, where(line), pathOf(key), accepted);
  }

  /** Call after all reads: a misspelled key must not be a silent default. */
  public void refuseUnknownKeys() {
    for (String key : values.keySet()) {
      if (!known.contains(key)) {
        String meant =
            Nearest.to(key, known).map(near -> " Did you mean “" + near + "”?").orElse("");
        throw new Refusal(
            ReasonCode.SETTING_UNKNOWN,
            where(lines.getOrDefault(key, line)),
            pathOf(key),
            meant,
            String.join(", ", known));
      }
    }
  }

  private void add(NodeTuple entry) {
    String key = text(entry.getKeyNode());
    if (values.containsKey(key)) {
      throw new Refusal(
          ReasonCode.SETTINGS_NOT_YAML,
          where(lineOf(entry.getKeyNode())),
          "“" + pathOf(key) + "” is there twice");
    }
    lines.put(key, lineOf(entry.getKeyNode()));
    if (!isNull(entry.getValueNode())) {
      values.put(key, entry.getValueNode());
    }
  }

  private List<Node> items(String key) {
    known.add(key);
    Node node = values.get(key);
    if (node == null) {
      return List.of();
    }
    if (node instanceof SequenceNode sequence) {
      return sequence.getValue();
    }
    throw new Refusal(
        ReasonCode.SETTING_WRONG, where(lineOf(node)), pathOf(key), text(node), "a list");
  }

  private Optional<Given> written(String key) {
    return Optional.ofNullable(values.get(key))
        .map(node -> new Given(where(lineOf(node)), text(node)));
  }

  private static String text(Node node) {
    return switch (node) {
      case ScalarNode scalar -> scalar.getValue();
      case SequenceNode list -> "[…]";
      default -> "{…}";
    };
  }

  /** {@code key:} with nothing behind it, as when all its lines are commented out. */
  private static boolean isNull(Node node) {
    return node.getTag().equals(Tag.NULL);
  }

  private static String plain(double value) {
    return value == Math.rint(value) ? String.valueOf((long) value) : String.valueOf(value);
  }

  private String where(int number) {
    return file + ", line " + number;
  }

  private static int lineOf(Node node) {
    return node.getStartMark().getLine() + 1;
  }

  private String pathOf(String key) {
    return path.isEmpty() ? key : path + "." + key;
  }

  private String name() {
    return path.isEmpty() ? "the file" : path;
  }
}
