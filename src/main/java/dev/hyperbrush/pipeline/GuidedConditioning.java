package dev.hyperbrush.pipeline;

import dev.hyperbrush.denoiser.AddedConditioning;
import dev.hyperbrush.denoiser.Conditioning;
import dev.hyperbrush.tensor.Tensor;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What steers a whole batch. With guidance on, the rows of {@code conditioning} are those of the
 * negative prompt, then those of the prompt, so that one call of the denoiser serves both.
 *
 * @param conditioning {@code batch} rows, or twice as many with guidance on
 */
public record GuidedConditioning(Conditioning conditioning, Guidance guidance) {
  /** A prompt and what to avoid, each with its sizes, for {@code batch} pictures. */
  public static GuidedConditioning of(Side positive, Side negative, Guidance guidance, int batch) {
    List<Side> sides = guidance.isOn() ? List.of(negative, positive) : List.of(positive);
    List<Side> rows =
        sides.stream().flatMap(side -> Collections.nCopies(batch, side).stream()).toList();
    return new GuidedConditioning(
        new Conditioning(
            stack(rows.stream().map(side -> side.embeddings().promptEmbeds())), added(rows)),
        guidance);
  }

  /** None where the text encoders give no pooled embedding: such models know no sizes either. */
  private static Optional<AddedConditioning> added(List<Side> rows) {
    List<Tensor> pooled =
        rows.stream().flatMap(side -> side.embeddings().pooledPromptEmbeds().stream()).toList();
    return pooled.size() < rows.size()
        ? Optional.empty()
        : Optional.of(
            new AddedConditioning(
                stack(pooled.stream()), stack(rows.stream().map(side -> side.sizes().timeIds()))));
  }

  /** One row for the denoiser. */
  public record Side(PromptEmbeddings embeddings, MicroConditioning sizes) {}

  private static Tensor stack(Stream<Tensor> rows) {
    return Tensor.concat(rows.toArray(Tensor[]::new));
  }

  /** The input of the denoiser for these latents: twice the same with guidance on. */
  Tensor expand(Tensor latents) {
    return guidance.isOn() ? Tensor.concat(latents, latents) : latents;
  }

  /** The prediction for the batch, out of what the denoiser gave for {@link #expand}. */
  Tensor combine(Tensor prediction) {
    if (!guidance.isOn()) {
      return prediction;
    }
    int batch = prediction.dim(0) / 2;
    return guidance.combine(prediction.slice(0, batch), prediction.slice(batch, 2 * batch));
  }
}
