package dev.hyperbrush.policy;

import dev.hyperbrush.generation.ReasonCode;
import dev.hyperbrush.generation.Refusal;
import dev.hyperbrush.generation.Shown;
import java.text.Normalizer;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * What a preset is called: letters and digits of any script, and {@code -_.} between them, so that
 * it is one word behind a flag. Immutable.
 *
 * @param shown as it was written
 */
public record PresetName(String shown) {
  private static final int LONGEST = 40;
  private static final Pattern FORM = Pattern.compile("[\\p{L}\\p{Nd}][\\p{L}\\p{M}\\p{Nd}_.-]*");

  /**
   * Composed, and wide letters narrow: what looks the same is the same.
   *
   * @throws Refusal naming the rules
   */
  public static PresetName of(String typed) {
    String name = Normalizer.normalize(typed, Normalizer.Form.NFKC);
    if (name.codePointCount(0, name.length()) > LONGEST || !FORM.matcher(name).matches()) {
      throw new Refusal(ReasonCode.PRESET_NAME_BAD, Shown.brief(typed), LONGEST);
    }
    return new PresetName(name);
  }

  /** As names are compared: letter case aside. */
  public String key() {
    return shown.toUpperCase(Locale.ROOT).toLowerCase(Locale.ROOT);
  }
}
