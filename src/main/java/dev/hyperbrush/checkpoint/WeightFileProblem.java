package dev.hyperbrush.checkpoint;

import dev.hyperbrush.generation.IoReason;
import dev.hyperbrush.generation.Phrase;
import dev.hyperbrush.generation.ReasonCode;
import dev.hyperbrush.generation.Refusal;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** What is wrong with a file of weights, as a sentence that names the file and the remedy. */
final class WeightFileProblem {
  static Refusal broken(Path file, String problem) {
    return new Refusal(ReasonCode.WEIGHTS_BROKEN, file, problem);
  }

  static Refusal brokenTensor(Path file, String tensor, String problem) {
    return new Refusal(ReasonCode.TENSOR_BROKEN, tensor, file, problem);
  }

  static Refusal unreadable(Path file, IOException cause) {
    Phrase phrase =
        cause instanceof NoSuchFileException
            ? Phrase.of(ReasonCode.WEIGHTS_MISSING, file)
            : Phrase.of(ReasonCode.WEIGHTS_UNREADABLE, file, IoReason.of(cause));
    return new Refusal(phrase, cause);
  }

  private WeightFileProblem() {}
}
