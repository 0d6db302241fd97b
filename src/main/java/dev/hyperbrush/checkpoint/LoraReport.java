package dev.hyperbrush.checkpoint;

import dev.hyperbrush.generation.Phrase;
import dev.hyperbrush.generation.ReasonCode;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * What became of a LoRA's contents. Immutable.
 *
 * @param layers how many layers of the model it changes
 * @param unknownKeys names of its tensors that mean nothing to this model
 */
public record LoraReport(Path file, int layers, List<String> unknownKeys) {
  private static final int SHOWN = 5;

  public LoraReport {
    unknownKeys = List.copyOf(unknownKeys);
  }

  /** What people should know about it: some of the unknown names, and how many there are. */
  public Optional<Phrase> notice() {
    if (unknownKeys.isEmpty()) {
      return Optional.empty();
    }
    String some = String.join(", ", unknownKeys.subList(0, Math.min(SHOWN, unknownKeys.size())));
    String more = unknownKeys.size() > SHOWN ? ", …" : "";
    return Optional.of(
        Phrase.of(
            ReasonCode.LORA_KEYS_UNKNOWN, file.getFileName(), unknownKeys.size(), some + more));
  }
}
