package dev.hyperbrush.policy;

/**
 * How closely a content rule looks. The names, in lower case, are what people write and the
 * database holds.
 */
public enum RuleReading {
  /** Past look-alikes, accents that the rule does not have, and signs within words. */
  LOOSE,
  /** Also past digits for letters. */
  LEET,
  /** At letters as they are; only case, compatibility forms and invisible signs are passed over. */
  EXACT
}
