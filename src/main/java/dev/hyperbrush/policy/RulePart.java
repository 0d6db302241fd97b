package dev.hyperbrush.policy;

/**
 * Where a content rule looks. The names, in lower case, are what people write and the database
 * holds.
 */
public enum RulePart {
  PROMPT,
  NEGATIVE,
  BOTH;

  public boolean includes(RulePart part) {
    return this == BOTH || this == part;
  }
}
