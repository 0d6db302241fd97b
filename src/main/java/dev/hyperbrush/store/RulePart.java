package dev.hyperbrush.store;

/** Where a content rule looks. The names are what the database and the files hold. */
public enum RulePart {
  PROMPT,
  NEGATIVE,
  BOTH;

  public boolean includes(RulePart part) {
    return this == BOTH || this == part;
  }
}
