package dev.hyperbrush.textencoder;

import dev.hyperbrush.generation.Cancellation;
import dev.hyperbrush.generation.ReasonCode;
import dev.hyperbrush.generation.Refusal;
import dev.hyperbrush.graph.PromptStates;
import dev.hyperbrush.onnx.OnnxArray;
import dev.hyperbrush.onnx.OnnxFile;
import dev.hyperbrush.onnx.OnnxOutputs;
import dev.hyperbrush.onnx.OnnxSession;
import dev.hyperbrush.onnx.OnnxSettings;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A text encoder that Hugging Face's optimum has exported, as it is. Owned by one thread.
 *
 * <p>It gives its last layer normalized and, for SDXL, all layers as they are: so layers can be
 * skipped in SDXL only.
 */
public final class ExportedTextEncoder implements TextEncoder {
  private static final String INPUT_IDS = "input_ids";
  private static final String LAST = "last_hidden_state";
  private static final String POOLED = "text_embeds";

  private final OnnxSession session;
  private final Kind kind;

  /**
   * What kind of encoder a graph is.
   *
   * @param states which hidden states the model was trained with
   * @param layers number of layers
   * @param hasProjection whether the pooled embedding is wanted of it
   */
  public record Kind(PromptStates states, int layers, boolean hasProjection) {
    private String output(int clipSkip) {
      return states == PromptStates.LAST_NORMED
          ? LAST
          : "hidden_states." + states.layersRun(layers, clipSkip);
    }

    private int maxClipSkip() {
      return states == PromptStates.LAST_NORMED ? 0 : layers - 1;
    }
  }

  private ExportedTextEncoder(OnnxSession session, Kind kind) {
    this.session = session;
    this.kind = kind;
  }

  /**
   * Loads the graph; a {@link Refusal} names what does not fit.
   *
   * @param name for messages: {@code text_encoder} or {@code text_encoder_2}
   */
  public static ExportedTextEncoder load(
      String name, Path graph, Kind kind, OnnxSettings settings) {
    OnnxFile file = new OnnxFile(name, graph, Set.of(INPUT_IDS), wanted(kind, 0));
    return new ExportedTextEncoder(OnnxSession.open(file, settings), kind);
  }

  private static Set<String> wanted(Kind kind, int clipSkip) {
    Set<String> outputs = new HashSet<>(Set.of(kind.output(clipSkip)));
    if (kind.hasProjection()) {
      outputs.add(POOLED);
    }
    return outputs;
  }

  @Override
  public TextEncoding encode(int[][] inputIds, int clipSkip, Cancellation cancellation) {
    if (clipSkip < 0 || clipSkip > kind.maxClipSkip()) {
      throw new Refusal(ReasonCode.CLIP_SKIP_OUT_OF_RANGE, clipSkip, kind.maxClipSkip());
    }
    OnnxOutputs outputs =
        session.run(
            Map.of(INPUT_IDS, OnnxArray.Ints.ofRows(inputIds)),
            wanted(kind, clipSkip),
            cancellation);
    return new TextEncoding(
        outputs.floats(kind.output(clipSkip)),
        kind.hasProjection() ? Optional.of(outputs.floats(POOLED)) : Optional.empty());
  }

  @Override
  public void close() {
    session.close();
  }
}
