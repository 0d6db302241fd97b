package dev.hyperbrush.checkpoint;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.hyperbrush.generation.ReasonCode;
import dev.hyperbrush.generation.Refusal;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What a LoRA's file tells about itself: in the keys {@code ss_*} of kohya-ss' trainer, in those of
 * the modelspec ({@code modelspec.*}), and in the shapes of its layers. Whoever made the file may
 * have written anything there, so all is short and without signs that steer a screen.
 *
 * <p>Immutable.
 *
 * @param title empty where there is none
 * @param triggers words that bring out what it was trained for, the most frequent first
 * @param hint how its maker wants it used; may be empty
 */
public record LoraFacts(String title, Optional<LoraBase> base, List<String> triggers, String hint) {
  /** Nothing is known. */
  public static final LoraFacts NONE = new LoraFacts("", Optional.empty(), List.of(), "");

  private static final int LONGEST = 200;
  private static final int LONGEST_TRIGGER = 60;
  private static final int MOST_TRIGGERS = 8;
  private static final int LONGEST_TAGS = 4 << 20;
  private static final int MOST_TAGS = 20_000;
  private static final JsonFactory JSON = new JsonFactory();

  private static final Pattern LAYER =
      Pattern.compile("lora|hada_|lokr_|dora_|\\.diff", Pattern.CASE_INSENSITIVE);

  public LoraFacts {
    triggers = List.copyOf(triggers);
  }

  /**
   * Reads the header of a file.
   *
   * @throws Refusal when it is broken, or has nothing of a LoRA
   */
  public static LoraFacts read(Path path) {
    SafetensorsFile file = SafetensorsFile.open(path);
    if (file.names().stream().noneMatch(name -> LAYER.matcher(name).find())) {
      throw new Refusal(ReasonCode.LORA_EMPTY, path);
    }
    Map<String, String> said = file.metadata();
    return new LoraFacts(
        clean(first(said, "modelspec.title", "ss_output_name"), LONGEST),
        base(file),
        triggers(said),
        clean(first(said, "modelspec.usage_hint", "modelspec.description"), LONGEST));
  }

  /** The same with more words that bring it out, before its own. */
  public LoraFacts withTriggers(String words) {
    List<String> more = Stream.concat(split(words), triggers.stream()).distinct().toList();
    return new LoraFacts(title, base, more.stream().limit(MOST_TRIGGERS).toList(), hint);
  }

  /** The same for what somebody says that it is for, unless it says so itself. */
  public LoraFacts orBase(String name) {
    return new LoraFacts(title, base.or(() -> LoraBase.named(name)), triggers, hint);
  }

  private static String first(Map<String, String> said, String... keys) {
    return Stream.of(keys)
        .map(key -> said.getOrDefault(key, ""))
        .filter(text -> !text.isBlank() && !text.equals("None"))
        .findFirst()
        .orElse("");
  }

  /** Shapes do not lie; what is written is often that of another file. */
  private static Optional<LoraBase> base(SafetensorsFile file) {
    return file.names().stream()
        .filter(LoraFacts::takesPrompt)
        .flatMap(name -> file.find(name).stream())
        .filter(tensor -> tensor.shape().size() >= 2)
        .flatMap(tensor -> LoraBase.ofPromptWidth(tensor.shape().get(1)).stream())
        .findFirst()
        .or(() -> LoraBase.named(file.metadata().getOrDefault("modelspec.architecture", "")))
        .or(() -> LoraBase.named(file.metadata().getOrDefault("ss_base_model_version", "")));
  }

  /** Whether it is the part of a cross-attention layer whose width is that of the prompt. */
  private static boolean takesPrompt(String name) {
    int attention = name.indexOf("attn2");
    return attention >= 0
        && name.indexOf("to_k", attention) >= 0
        && (name.endsWith("down.weight") || name.endsWith("lora_A.weight"));
  }

  private static List<String> triggers(Map<String, String> said) {
    List<String> written =
        split(first(said, "modelspec.trigger_phrase", "ss_trigger_words")).toList();
    return written.isEmpty() ? frequent(said.getOrDefault("ss_tag_frequency", "")) : written;
  }

  private static Stream<String> split(String words) {
    return Stream.of(words.substring(0, Math.min(words.length(), 10 * LONGEST)).split("[,\\n]"))
        .map(word -> clean(word, LONGEST_TRIGGER))
        .filter(word -> !word.isEmpty())
        .distinct()
        .limit(MOST_TRIGGERS);
  }

  /** Tags by how many of the training pictures have them: {@code {"folder": {"tag": 12}}}. */
  private static List<String> frequent(String json) {
    Map<String, Long> counts = json.length() > LONGEST_TAGS ? Map.of() : counts(json);
    long most = counts.values().stream().mapToLong(Long::longValue).max().orElse(0);
    return counts.entrySet().stream()
        .filter(tag -> tag.getValue() * 2 >= most)
        .sorted(
            Map.Entry.<String, Long>comparingByValue(Comparator.reverseOrder())
                .thenComparing(Map.Entry.comparingByKey()))
        .limit(MOST_TRIGGERS)
        .map(Map.Entry::getKey)
        .toList();
  }

  private static Map<String, Long> counts(String json) {
    Map<String, Long> counts = new HashMap<>();
    try (JsonParser parser = JSON.createParser(json)) {
      JsonToken token = parser.nextToken();
      while (token != null && counts.size() < MOST_TAGS) {
        if (token == JsonToken.VALUE_NUMBER_INT) {
          String tag = clean(String.valueOf(parser.currentName()), LONGEST_TRIGGER);
          counts.merge(tag, parser.getValueAsLong(), Long::sum);
        }
        token = parser.nextToken();
      }
    } catch (IOException broken) {
      return Map.of();
    }
    counts.remove("");
    return counts;
  }

  private static String clean(String text, int longest) {
    String start = text.substring(0, Math.min(text.length(), 4 * longest));
    String plain = start.replaceAll("[\\p{C}\\s]+", " ").strip();
    return plain.length() <= longest
        ? plain
        : plain.substring(0, plain.offsetByCodePoints(0, longest / 2)).strip() + "…";
  }
}
