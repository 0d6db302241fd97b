package dev.hyperbrush.store;

/** What a content rule looks for. The names are what the database and the files hold. */
public enum RuleKind {
  WORD,
  PHRASE,
  REGEX
}
