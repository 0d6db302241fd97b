package dev.hyperbrush.app;

import dev.hyperbrush.config.AppConfig;
import dev.hyperbrush.config.ConfigLoader;
import dev.hyperbrush.onnx.OnnxSettings;
import dev.hyperbrush.pipeline.DiffusionGenerator;
import dev.hyperbrush.pipeline.MemoryBudget;
import dev.hyperbrush.pipeline.ModelCatalogue;
import dev.hyperbrush.pipeline.PipelineLoader;
import dev.hyperbrush.pipeline.Resources;
import dev.hyperbrush.vae.VaePolicy;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options that every subcommand has, and what they lead to. */
final class Setup {
  @Option(
      names = "--config",
      paramLabel = "FILE",
      description = "Settings to read (default: config/hyperbrush.yaml, if there is one).")
  private @Nullable Path config;

  @Option(
      names = "--data",
      paramLabel = "FOLDER",
      description = "Where the database, pictures and models are (default: ~/.hyperbrush).")
  private @Nullable Path data;

  AppConfig config() {
    return ConfigLoader.ofProcess().load(Optional.ofNullable(config), Optional.ofNullable(data));
  }

  /** Loads nothing before the first request. */
  static DiffusionGenerator generator(AppConfig config, Supplier<ModelCatalogue> installed) {
    return generator(config, installed, config.onnx());
  }

  /** As one of several workers computes. */
  static DiffusionGenerator generator(
      AppConfig config, Supplier<ModelCatalogue> installed, OnnxSettings onnx) {
    return new DiffusionGenerator(
        installed,
        new PipelineLoader(
            name -> installed.get().lora(name),
            new Resources(
                onnx,
                config.data().resolve("cache"),
                budget(config, onnx),
                config.memory().optimisedBytes(),
                config.fusion(),
                VaePolicy.of(config.vaeTiling()))));
  }

  /** Each worker has its own. */
  private static MemoryBudget budget(AppConfig config, OnnxSettings onnx) {
    boolean onCard = onnx.provider().onCard();
    long bytes = onCard ? config.memory().cardBytes() : config.memory().bytes();
    if (bytes > 0) {
      return MemoryBudget.of(bytes);
    }
    return onCard ? MemoryBudget.oneModel() : MemoryBudget.ofMachine();
  }
}
