package dev.hyperbrush.command;

import dev.hyperbrush.policy.Choices;
import dev.hyperbrush.policy.EffectiveSettings;
import dev.hyperbrush.policy.EffectiveSettings.Settled;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * Reads what stands behind {@code /imagine} into a request, for surfaces that draw without the
 * queue. Immutable.
 */
public final class ImagineReader {
  private static final Pattern VERB = Pattern.compile("^\\s*/imagine(?=\\s|$)");

  private final ImagineOptions options;
  private final EffectiveSettings settings;

  public ImagineReader(Choices choices, EffectiveSettings settings) {
    this.options = new ImagineOptions(choices);
    this.settings = settings;
  }

  /**
   * The request that the words of a shell's command line ask for.
   *
   * @throws dev.hyperbrush.generation.Refusal naming what cannot be read or had, and what can
   */
  public Settled read(List<String> words) {
    return settings.settle(options.wish(CommandLine.read(options.usage(), line(words), Map.of())));
  }

  /** What can be asked for, one option a line. */
  public String help(Locale locale) {
    return HelpCommand.describe(locale, options.usage());
  }

  /**
   * A value behind a flag stays one value: the shell has taken its quotes away. A line copied from
   * a chat begins with the verb.
   */
  private static String line(List<String> words) {
    List<String> typed = new ArrayList<>();
    boolean behindFlag = false;
    for (String word : words) {
      typed.add(behindFlag && word.indexOf(' ') >= 0 ? Words.quote(word) : word);
      behindFlag = !word.isEmpty() && Dashes.isDash(word.charAt(0)) && word.indexOf(' ') < 0;
    }
    return VERB.matcher(String.join(" ", typed)).replaceFirst("");
  }
}
