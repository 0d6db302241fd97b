package dev.hyperbrush.policy;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** A prompt and its readings, made when a rule wants them. Owned by one thread. */
final class PromptText {
  private final String text;
  private @Nullable List<FoldedText> readings;
  private @Nullable List<FoldedText> leetReadings;
  private @Nullable MappedText clean;

  PromptText(String text) {
    this.text = text;
  }

  String text() {
    return text;
  }

  List<FoldedText> readings(boolean withLeet) {
    if (withLeet) {
      if (leetReadings == null) {
        leetReadings = FoldedText.readings(text, true);
      }
      return leetReadings;
    }
    if (readings == null) {
      readings = FoldedText.readings(text, false);
    }
    return readings;
  }

  /** As it was written, without what nobody sees. */
  MappedText clean() {
    if (clean == null) {
      clean = MappedText.clean(text);
    }
    return clean;
  }
}
