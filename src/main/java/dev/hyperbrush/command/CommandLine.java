package dev.hyperbrush.command;

import dev.hyperbrush.command.Flags.Flag;
import dev.hyperbrush.command.Words.Word;
import dev.hyperbrush.generation.ReasonCode;
import dev.hyperbrush.generation.Refusal;
import dev.hyperbrush.generation.Shown;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Reads what stands behind a verb: text, and flags anywhere in it.
 *
 * <p>A flag takes the words that its value can have, the longest value that reads; text values go
 * on to the next flag. What is left is the verb's text. The last value of a flag wins unless it is
 * repeatable; what the platform has taken apart itself wins over the line. Owned by one call.
 */
final class CommandLine {
  private static final String NEGATIVE = "negative";
  private static final String PROMPT = "prompt:";
  private static final String SINGLE_QUOTES = "'‘’";

  private final Usage usage;
  private final Flags flags;
  private final List<Word> words;
  private final Arguments arguments = new Arguments();
  private int next;

  private CommandLine(Usage usage, String line) {
    this.usage = usage;
    this.flags = new Flags(usage);
    List<Word> cut = Words.cut(Words.clean(line));
    this.words = flags.declares(NEGATIVE) ? withNegativeFlag(cut) : cut;
  }

  /**
   * Reads a line.
   *
   * @param options values by option name (or the name of the verb's text) that need no taking apart
   * @throws Refusal naming the flag and the value that cannot be read, and what can
   */
  static Arguments read(Usage usage, String line, Map<String, String> options) {
    CommandLine reader = new CommandLine(usage, line);
    reader.readWords();
    reader.readOptions(options);
    return reader.arguments;
  }

  private void readWords() {
    List<Word> text = new ArrayList<>();
    while (next < words.size()) {
      Word word = words.get(next++);
      flags.find(word).ifPresentOrElse(this::take, () -> text.add(word));
    }
    boolean quoted = text.size() == 1 && text.getFirst().quoted();
    arguments.setText((quoted ? text.getFirst().meant() : joined(text)).strip());
  }

  private void take(Flag flag) {
    take(flag.option(), flag.value());
  }

  private <T> void take(Option<T> option, Optional<Word> attached) {
    if (option.kind().words() == 0 && attached.isEmpty()) {
      arguments.add(option, read(option, "on"));
      return;
    }
    List<Word> candidates = candidates(option.kind(), attached);
    if (candidates.isEmpty() && option.bare().isEmpty()) {
      throw new Refusal(ReasonCode.FLAG_VALUE_MISSING, option.name(), option.example());
    }
    for (int count = candidates.size(); count > 0; count--) {
      Optional<T> value = option.kind().read(meaning(candidates.subList(0, count)));
      if (value.isPresent()) {
        arguments.add(option, value.get());
        next += count - (attached.isPresent() ? 1 : 0);
        return;
      }
    }
    String bare =
        option
            .bare()
            .filter(any -> attached.isEmpty())
            .orElseThrow(() -> unreadable(option, candidates.getFirst().meant()));
    arguments.add(option, read(option, bare));
  }

  /** The words that could be the value: up to the next flag, and no more than the kind can have. */
  private List<Word> candidates(Kind<?> kind, Optional<Word> attached) {
    List<Word> candidates = new ArrayList<>(attached.stream().toList());
    boolean goesOn = attached.isEmpty() || kind instanceof Kind.Text;
    for (int at = next; goesOn && at < words.size() && candidates.size() < kind.words(); at++) {
      if (flags.find(words.get(at)).isPresent()) {
        break;
      }
      candidates.add(words.get(at));
    }
    return candidates;
  }

  private void readOptions(Map<String, String> options) {
    options.forEach((name, value) -> {
      String cleaned = Words.clean(value).strip();
      if (name.equals(usage.argument())) {
        arguments.setText(cleaned);
      } else if (!cleaned.isEmpty()) {
        replace(flags.named(name), cleaned);
      }
    });
  }

  private <T> void replace(Option<T> option, String value) {
    arguments.forget(option);
    List<String> values = option.repeatable() ? List.of(value.split(",")) : List.of(value);
    for (String one : values) {
      arguments.add(option, read(option, one.strip()));
    }
  }

  private static <T> T read(Option<T> option, String value) {
    return option.kind().read(value).orElseThrow(() -> unreadable(option, value));
  }

  private static Refusal unreadable(Option<?> option, String value) {
    return new Refusal(
        ReasonCode.FLAG_VALUE, option.name(), Shown.brief(value), option.kind().accepted());
  }

  /** A1111 writes what to avoid as {@code Negative prompt: ...}; here that is the flag's alias. */
  private static List<Word> withNegativeFlag(List<Word> words) {
    List<Word> marked = new ArrayList<>(words.size());
    for (int at = 0; at < words.size(); at++) {
      String behind = at + 1 < words.size() ? words.get(at + 1).typed() : "";
      if (words.get(at).typed().equalsIgnoreCase(NEGATIVE)
          && behind.regionMatches(true, 0, PROMPT, 0, PROMPT.length())) {
        marked.add(Word.plain("--" + NEGATIVE));
        marked.addAll(Words.cut(behind.substring(PROMPT.length())));
        at++;
      } else {
        marked.add(words.get(at));
      }
    }
    return marked;
  }

  private static String meaning(List<Word> words) {
    if (words.size() == 1 && words.getFirst().quoted()) {
      return words.getFirst().meant();
    }
    String text = joined(words);
    boolean quoted =
        text.length() > 2
            && SINGLE_QUOTES.indexOf(text.charAt(0)) >= 0
            && SINGLE_QUOTES.indexOf(text.charAt(text.length() - 1)) >= 0;
    return quoted ? text.substring(1, text.length() - 1) : text;
  }

  private static String joined(List<Word> words) {
    return words.stream().map(Word::typed).collect(Collectors.joining(" "));
  }
}
