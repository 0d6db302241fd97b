package dev.hyperbrush.policy;

import java.math.BigDecimal;

/** Values as people read and write them. */
public final class Shown {
  private static final int BRIEF = 60;

  /** What somebody typed, cut to what fits in a sentence. */
  public static String brief(String typed) {
    if (typed.codePointCount(0, typed.length()) <= BRIEF) {
      return typed;
    }
    return typed.substring(0, typed.offsetByCodePoints(0, BRIEF)) + "…";
  }

  /** Shortest digits that mean this number, without an exponent: {@code 4}, {@code 0.35}. */
  public static String number(double value) {
    return BigDecimal.valueOf(value).stripTrailingZeros().toPlainString();
  }

  private Shown() {}
}
