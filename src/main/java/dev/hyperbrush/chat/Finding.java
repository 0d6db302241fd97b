package dev.hyperbrush.chat;

/**
 * What was found when something was looked at that the bot needs, in English. Immutable.
 *
 * @param subject what was looked at, in a word or two
 * @param found how it is
 * @param remedy what to do, empty where nothing is to be done
 */
public record Finding(Verdict verdict, String subject, String found, String remedy) {
  /** How it is. */
  public enum Verdict {
    OK,
    /** The bot runs, but not all of it as one may expect. */
    ATTENTION,
    BROKEN
  }

  public static Finding ok(String subject, String found) {
    return new Finding(Verdict.OK, subject, found, "");
  }

  public static Finding attention(String subject, String found, String remedy) {
    return new Finding(Verdict.ATTENTION, subject, found, remedy);
  }

  public static Finding broken(String subject, String found, String remedy) {
    return new Finding(Verdict.BROKEN, subject, found, remedy);
  }
}
