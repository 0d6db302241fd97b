package dev.hyperbrush.checkpoint;

import dev.hyperbrush.generation.Phrase;
import dev.hyperbrush.generation.ReasonCode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * What became of a LoRA's contents. Immutable.
 *
 * @param layers how many layers of the model it changes
 * @param unknownKeys names of its tensors that mean nothing to this model
 * @param halves layers of which only a part is in the file
 * @param embeddings textual inversions that lie in the file
 */
public record LoraReport(
    Path file, int layers, List<String> unknownKeys, List<String> halves, List<String> embeddings) {
  private static final int SHOWN = 5;

  public LoraReport {
    unknownKeys = List.copyOf(unknownKeys);
    halves = List.copyOf(halves);
    embeddings = List.copyOf(embeddings);
  }

  /** What people should know about it: some of the names, and how many there are. */
  public List<Phrase> notices() {
    List<Phrase> notices = new ArrayList<>();
    add(notices, ReasonCode.LORA_KEYS_UNKNOWN, unknownKeys);
    add(notices, ReasonCode.LORA_HALVES, halves);
    add(notices, ReasonCode.LORA_EMBEDDINGS_IGNORED, embeddings);
    return notices;
  }

  private void add(List<Phrase> notices, ReasonCode code, List<String> names) {
    if (!names.isEmpty()) {
      String some = String.join(", ", names.subList(0, Math.min(SHOWN, names.size())));
      String more = names.size() > SHOWN ? ", …" : "";
      notices.add(Phrase.of(code, file.getFileName(), names.size(), some + more));
    }
  }
}
