package dev.hyperbrush.denoiser;

import dev.hyperbrush.generation.Cancellation;
import dev.hyperbrush.generation.Refusal;
import dev.hyperbrush.onnx.OnnxArray;
import dev.hyperbrush.onnx.OnnxArray.Floats;
import dev.hyperbrush.onnx.OnnxFile;
import dev.hyperbrush.onnx.OnnxSession;
import dev.hyperbrush.onnx.OnnxSettings;
import dev.hyperbrush.tensor.Tensor;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** A UNet that Hugging Face's optimum has exported, as it is. Owned by one thread. */
public final class ExportedDenoiser implements Denoiser {
  private static final String TIMESTEP = "timestep";
  private static final String PREDICTION = "out_sample";
  private static final Set<String> INPUTS = Set.of("sample", TIMESTEP, "encoder_hidden_states");
  private static final Set<String> ADDED = Set.of("text_embeds", "time_ids");

  private final OnnxSession session;

  private ExportedDenoiser(OnnxSession session) {
    this.session = session;
  }

  /**
   * Loads the graph; a {@link Refusal} names what does not fit.
   *
   * @param hasAdded whether it is SDXL's, which takes added conditioning
   */
  public static ExportedDenoiser load(Path graph, boolean hasAdded, OnnxSettings settings) {
    Set<String> inputs = new HashSet<>(INPUTS);
    if (hasAdded) {
      inputs.addAll(ADDED);
    }
    OnnxFile file = new OnnxFile("unet", graph, inputs, Set.of(PREDICTION));
    return new ExportedDenoiser(OnnxSession.open(file, settings));
  }

  @Override
  public Tensor predict(
      Tensor sample, float timestep, Conditioning conditioning, Cancellation cancellation) {
    Map<String, OnnxArray> inputs = new HashMap<>();
    inputs.put("sample", new Floats(sample));
    inputs.put(TIMESTEP, new Floats(timestep(timestep)));
    inputs.put("encoder_hidden_states", new Floats(conditioning.promptEmbeds()));
    conditioning
        .added()
        .ifPresent(added -> {
          inputs.put("text_embeds", new Floats(added.pooledPromptEmbeds()));
          inputs.put("time_ids", new Floats(added.timeIds()));
        });
    return session.run(inputs, Set.of(PREDICTION), cancellation).floats(PREDICTION);
  }

  /** A number, or, in older exports, a list of one. */
  private Tensor timestep(float timestep) {
    int[] shape = session.rank(TIMESTEP) == 0 ? new int[0] : new int[] {1};
    return new Tensor(shape, new float[] {timestep});
  }

  @Override
  public void close() {
    session.close();
  }
}
