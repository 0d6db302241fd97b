package dev.hyperbrush.pipeline;

import dev.hyperbrush.checkpoint.FusedCache;
import dev.hyperbrush.checkpoint.FusionSettings;
import dev.hyperbrush.checkpoint.ModelFamily;
import dev.hyperbrush.checkpoint.ModelSource;
import dev.hyperbrush.onnx.ExecutionProvider;
import dev.hyperbrush.onnx.OnnxSettings;
import dev.hyperbrush.vae.VaePolicy;
import dev.hyperbrush.vae.VaeTiling;
import java.nio.file.Path;
import java.util.Optional;

/**
 * What loading models may use of the machine.
 *
 * <p>Immutable.
 *
 * @param cache a folder for what can be computed again; made when it is first needed
 * @param budget for the weights of networks that are open
 * @param keptBytes of the disk for optimised graphs; 0 for none
 * @param fusion how weights with LoRAs fused in are kept
 * @param vae when a VAE computes in tiles and when in half precision
 * @param economy whether and how drawing makes do with less memory
 */
public record Resources(
    OnnxSettings onnx,
    Path cache,
    MemoryBudget budget,
    long keptBytes,
    FusionSettings fusion,
    VaePolicy vae,
    Economy economy) {
  /** With all the memory there is. */
  public Resources(
      OnnxSettings onnx,
      Path cache,
      MemoryBudget budget,
      long keptBytes,
      FusionSettings fusion,
      VaePolicy vae) {
    this(onnx, cache, budget, keptBytes, fusion, vae, Economy.NONE);
  }

  /** With less memory, or again with more; what a batch is split into is no matter here. */
  Resources with(Economy wanted) {
    Economy opened = wanted.includes(Economy.TILED) ? wanted : Economy.NONE;
    return new Resources(onnx, cache, budget, keptBytes, fusion, vae, opened);
  }

  /** How to open text encoders, where everything else is opened with these settings. */
  OnnxSettings encoders(OnnxSettings usual) {
    return economy.includes(Economy.HOST_ENCODERS)
        ? usual.withProvider(ExecutionProvider.CPU)
        : usual;
  }

  /** When a VAE computes in tiles and when in half precision. */
  VaePolicy vaePolicy() {
    return economy.includes(Economy.TILED) ? vae.frugal() : vae;
  }

  /** The tiny decoder of a model, where one is installed: in the data folder, as the cache is. */
  Optional<Path> tinyVae(ModelSource source, ModelFamily family) {
    return new TinyVaeFiles(cache.resolveSibling("")).find(source.taesd(), family);
  }

  /** The folder of textual inversions, in the data folder too. */
  Path embeddings() {
    return cache.resolveSibling("embeddings");
  }

  /** One model at a time, and nothing kept but weights with LoRAs fused in. */
  public Resources(OnnxSettings onnx, Path cache) {
    this(
        onnx,
        cache,
        MemoryBudget.oneModel(),
        0,
        FusionSettings.standard(),
        VaePolicy.of(VaeTiling.AUTO));
  }

  /** With a provider that can be used here. */
  Resources usable() {
    return new Resources(onnx.usable(), cache, budget, keptBytes, fusion, vae, economy);
  }

  /** Where weights with LoRAs fused in are kept. */
  FusedCache fused() {
    boolean card = onnx.provider().onCard();
    return new FusedCache(cache.resolve("fused"), card ? fusion.forCard() : fusion);
  }
}
