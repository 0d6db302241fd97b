package dev.hyperbrush.policy;

/**
 * What a content rule looks for. The names, in lower case, are what people write and the database
 * holds.
 */
public enum RuleKind {
  WORD,
  PHRASE,
  REGEX
}
