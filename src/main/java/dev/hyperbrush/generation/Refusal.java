package dev.hyperbrush.generation;

import org.jspecify.annotations.Nullable;

/**
 * Something asked for cannot be done, and the person is told why: what was refused, and what would
 * be accepted. The message is the English sentence.
 */
public final class Refusal extends RuntimeException {
  private final transient Phrase phrase;

  public Refusal(ReasonCode code, Object... args) {
    this(Phrase.of(code, args), null);
  }

  public Refusal(Phrase phrase, @Nullable Throwable cause) {
    super(phrase.english(), cause);
    this.phrase = phrase;
  }

  public Phrase phrase() {
    return phrase;
  }

  public ReasonCode code() {
    return phrase.code();
  }
}
