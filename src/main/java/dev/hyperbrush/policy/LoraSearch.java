package dev.hyperbrush.policy;

import dev.hyperbrush.generation.NameSearch;
import dev.hyperbrush.pipeline.InstalledLora;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.OptionalInt;
import java.util.stream.Stream;

/** Finds LoRAs by words of their names, of what brings them out, and of what they are for. */
public final class LoraSearch {
  /** What matches elsewhere than in the name comes behind all that matches there. */
  private static final int ELSEWHERE = NameSearch.WORST + 1;

  private record Match(InstalledLora lora, int score) {}

  /** Those that have all of the words, the best matches first; all by name without any. */
  public static List<InstalledLora> find(String words, List<InstalledLora> loras) {
    List<String> wanted = Stream.of(words.strip().split("\\s+")).filter(w -> !w.isEmpty()).toList();
    return loras.stream()
        .flatMap(lora -> score(lora, wanted).stream().mapToObj(score -> new Match(lora, score)))
        .sorted(
            Comparator.comparingInt(Match::score)
                .thenComparing(match -> match.lora().name(), String.CASE_INSENSITIVE_ORDER))
        .map(Match::lora)
        .toList();
  }

  private static OptionalInt score(InstalledLora lora, List<String> wanted) {
    int sum = 0;
    for (String word : wanted) {
      OptionalInt score = score(lora, word);
      if (score.isEmpty()) {
        return score;
      }
      sum += score.getAsInt();
    }
    return OptionalInt.of(sum);
  }

  private static OptionalInt score(InstalledLora lora, String word) {
    OptionalInt name = NameSearch.score(lora.name(), word);
    if (name.isPresent()) {
      return name;
    }
    String lower = word.toLowerCase(Locale.ROOT);
    boolean said =
        Stream.concat(Stream.of(lora.facts().title(), base(lora)), lora.facts().triggers().stream())
            .anyMatch(text -> text.toLowerCase(Locale.ROOT).contains(lower));
    return said ? OptionalInt.of(ELSEWHERE) : OptionalInt.empty();
  }

  private static String base(InstalledLora lora) {
    return lora.facts().base().map(base -> base.title() + " " + base.name()).orElse("");
  }

  private LoraSearch() {}
}
