package dev.hyperbrush.chat.telegram;

import dev.hyperbrush.command.Usage;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Reads commands, of which Telegram knows names of small letters, digits and underscores alone:
 * {@code /preset_save} is {@code /preset save}, {@code /forget_me} is {@code /forget-me}. Both ways
 * to write them are understood. Immutable.
 */
final class VerbNames {
  /** Telegram marks fewer names as commands, and people copy those from our help. */
  private static final Pattern COMMAND =
      Pattern.compile(
          "/([\\p{L}\\p{N}_-]{1,64})(?:@([A-Za-z0-9_]{1,64}))?(?:\\s+(.*))?", Pattern.DOTALL);

  private final Map<String, String> verbs;
  private final List<String> firstWords;

  VerbNames(List<Usage> usages) {
    verbs =
        usages.stream()
            .map(Usage::name)
            .collect(Collectors.toMap(VerbNames::command, Function.identity()));
    firstWords = usages.stream().map(usage -> usage.name().split(" ", 2)[0]).distinct().toList();
  }

  /**
   * A command as it was typed.
   *
   * @param verb its name here, or what was typed when there is none
   * @param known whether there is a verb that begins so
   * @param bot for which it is, if that was said
   * @param text behind it
   */
  record Typed(String verb, boolean known, Optional<String> bot, String text) {
    /** Whether another bot is meant. */
    boolean isForAnother(String username) {
      return bot.filter(named -> !named.equalsIgnoreCase(username)).isPresent();
    }
  }

  /** What Telegram is to call a verb. */
  static String command(String verb) {
    return verb.toLowerCase(Locale.ROOT).replace(' ', '_').replace('-', '_');
  }

  /** The command that a message is; empty when it is text. */
  Optional<Typed> read(String message) {
    Matcher parts = COMMAND.matcher(message.strip());
    if (!parts.matches()) {
      return Optional.empty();
    }
    String name = parts.group(1).toLowerCase(Locale.ROOT);
    String verb = verbs.getOrDefault(command(name), name);
    return Optional.of(
        new Typed(
            verb,
            verbs.containsValue(verb) || firstWords.contains(verb),
            Optional.ofNullable(parts.group(2)),
            Optional.ofNullable(parts.group(3)).orElse("")));
  }
}
