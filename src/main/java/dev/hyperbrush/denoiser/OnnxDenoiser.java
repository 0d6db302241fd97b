package dev.hyperbrush.denoiser;

import dev.hyperbrush.checkpoint.Component;
import dev.hyperbrush.generation.Cancellation;
import dev.hyperbrush.generation.Refusal;
import dev.hyperbrush.graph.Dialect;
import dev.hyperbrush.graph.UnetGraph;
import dev.hyperbrush.onnx.OnnxArray;
import dev.hyperbrush.onnx.OnnxArray.Floats;
import dev.hyperbrush.onnx.OnnxSession;
import dev.hyperbrush.onnx.OnnxSettings;
import dev.hyperbrush.tensor.Tensor;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/** The UNet of SDXL or SD 1.5 on ONNX Runtime. Owned by one thread. */
public final class OnnxDenoiser implements Denoiser {
  private final OnnxSession session;

  private OnnxDenoiser(OnnxSession session) {
    this.session = session;
  }

  /** Builds the graph and loads the weights; a {@link Refusal} names what does not fit. */
  public static OnnxDenoiser load(Component unet, OnnxSettings settings) {
    return load(unet, settings, Dialect.of(settings.usable()));
  }

  static OnnxDenoiser load(Component unet, OnnxSettings settings, Dialect dialect) {
    return new OnnxDenoiser(OnnxSession.open(UnetGraph.build(unet, dialect), settings));
  }

  @Override
  public Tensor predict(
      Tensor sample, float timestep, Conditioning conditioning, Cancellation cancellation) {
    Tensor time = new Tensor(new int[] {1}, new float[] {timestep});
    Map<String, OnnxArray> inputs = new HashMap<>();
    inputs.put(UnetGraph.SAMPLE, new Floats(sample));
    inputs.put(UnetGraph.TIMESTEP, new Floats(time));
    inputs.put(UnetGraph.PROMPT_EMBEDS, new Floats(conditioning.promptEmbeds()));
    conditioning
        .added()
        .ifPresent(added -> {
          inputs.put(UnetGraph.POOLED_PROMPT_EMBEDS, new Floats(added.pooledPromptEmbeds()));
          inputs.put(UnetGraph.TIME_IDS, new Floats(added.timeIds()));
        });
    return session
        .run(inputs, Set.of(UnetGraph.PREDICTION), cancellation)
        .floats(UnetGraph.PREDICTION);
  }

  @Override
  public void close() {
    session.close();
  }
}
