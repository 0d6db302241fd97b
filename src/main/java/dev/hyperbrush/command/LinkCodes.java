package dev.hyperbrush.command;

import dev.hyperbrush.generation.ReasonCode;
import dev.hyperbrush.generation.Refusal;
import dev.hyperbrush.store.OneTimeCodeDao;
import dev.hyperbrush.store.OneTimeCodeDao.Purpose;
import java.time.Duration;
import java.util.Locale;
import java.util.random.RandomGenerator;

/**
 * The codes by which people show that two identities are theirs: eight signs that cannot be taken
 * for each other. Guessing one within its ten minutes takes a hundred thousand million tries, and
 * nobody has more than a few an hour. Thread-safe.
 */
final class LinkCodes {
  static final Duration VALID = Duration.ofMinutes(10);

  /** How many codes one person gets in an hour. */
  static final int MOST_CODES = 5;

  /** How often one person may be wrong in an hour. */
  static final int MOST_GUESSES = 5;

  private static final String SIGNS = "23456789ABCDEFGHJKMNPQRSTUVWXYZ";
  private static final int LENGTH = 8;

  private final OneTimeCodeDao codes;
  private final RandomGenerator chance;

  LinkCodes(OneTimeCodeDao codes, RandomGenerator chance) {
    this.codes = codes;
    this.chance = chance;
  }

  /** A new code for a person, in two halves: {@code KX7M-2PQR}. */
  String issue(long personId) {
    if (codes.issued(personId, Purpose.LINK) >= MOST_CODES) {
      throw new Refusal(ReasonCode.LINK_TOO_MANY_CODES, MOST_CODES);
    }
    StringBuilder code = new StringBuilder();
    for (int i = 0; i < LENGTH; i++) {
      code.append(SIGNS.charAt(chance.nextInt(SIGNS.length())));
    }
    codes.issue(personId, Purpose.LINK, code.toString(), VALID);
    return code.insert(LENGTH / 2, '-').toString();
  }

  /** The code that somebody typed, who must have tries left. */
  String typed(long personId, String text) {
    if (codes.wrong(personId) >= MOST_GUESSES) {
      throw new Refusal(ReasonCode.LINK_TOO_MANY_GUESSES, MOST_GUESSES);
    }
    return text.toUpperCase(Locale.ROOT).replaceAll("[^0-9A-Z]", "");
  }

  /** Counts a code that was wrong. */
  Refusal wrong(long personId, String text) {
    codes.addWrong(personId);
    return new Refusal(ReasonCode.LINK_CODE_UNKNOWN, text);
  }
}
