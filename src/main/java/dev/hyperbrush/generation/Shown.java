package dev.hyperbrush.generation;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;

/** Values as people read and write them. */
public final class Shown {
  private static final int BRIEF = 60;

  /** What somebody typed or a file says, cut to what fits in a sentence. */
  public static String brief(String text) {
    if (text.codePointCount(0, text.length()) <= BRIEF) {
      return text;
    }
    return text.substring(0, text.offsetByCodePoints(0, BRIEF)) + "…";
  }

  /** Shortest digits that mean this number, without an exponent: {@code 4}, {@code 0.35}. */
  public static String number(double value) {
    return BigDecimal.valueOf(value).stripTrailingZeros().toPlainString();
  }

  /** Millions of something with two digits or one behind the point, whichever is more. */
  public static String millions(long count, RoundingMode rounding) {
    BigDecimal millions = BigDecimal.valueOf(count).movePointLeft(6);
    BigDecimal two = millions.round(new MathContext(2, rounding));
    BigDecimal one = millions.setScale(1, rounding);
    BigDecimal shown = two.scale() > one.scale() ? two : one;
    return shown.signum() == 0 ? "0" : shown.stripTrailingZeros().toPlainString();
  }

  private Shown() {}
}
