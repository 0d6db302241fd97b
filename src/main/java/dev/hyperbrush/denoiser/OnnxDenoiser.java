package dev.hyperbrush.denoiser;

import dev.hyperbrush.checkpoint.Component;
import dev.hyperbrush.generation.Cancellation;
import dev.hyperbrush.generation.Refusal;
import dev.hyperbrush.graph.UnetGraph;
import dev.hyperbrush.onnx.OnnxArray.Floats;
import dev.hyperbrush.onnx.OnnxSession;
import dev.hyperbrush.onnx.OnnxSettings;
import dev.hyperbrush.tensor.Tensor;
import java.util.Map;
import java.util.Set;

/** The UNet of SDXL on ONNX Runtime. Owned by one thread. */
public final class OnnxDenoiser implements Denoiser {
  private final OnnxSession session;

  private OnnxDenoiser(OnnxSession session) {
    this.session = session;
  }

  /** Builds the graph and loads the weights; a {@link Refusal} names what does not fit. */
  public static OnnxDenoiser load(Component unet, OnnxSettings settings) {
    return new OnnxDenoiser(OnnxSession.open(UnetGraph.build(unet), settings));
  }

  @Override
  public Tensor predict(
      Tensor sample, float timestep, Conditioning conditioning, Cancellation cancellation) {
    Tensor time = new Tensor(new int[] {1}, new float[] {timestep});
    return session
        .run(
            Map.of(
                UnetGraph.SAMPLE, new Floats(sample),
                UnetGraph.TIMESTEP, new Floats(time),
                UnetGraph.PROMPT_EMBEDS, new Floats(conditioning.promptEmbeds()),
                UnetGraph.POOLED_PROMPT_EMBEDS, new Floats(conditioning.pooledPromptEmbeds()),
                UnetGraph.TIME_IDS, new Floats(conditioning.timeIds())),
            Set.of(UnetGraph.PREDICTION),
            cancellation)
        .floats(UnetGraph.PREDICTION);
  }

  @Override
  public void close() {
    session.close();
  }
}
