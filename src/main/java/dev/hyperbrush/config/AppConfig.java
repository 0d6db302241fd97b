package dev.hyperbrush.config;

import dev.hyperbrush.chat.discord.DiscordSettings;
import dev.hyperbrush.chat.telegram.TelegramSettings;
import dev.hyperbrush.chat.web.WebSettings;
import dev.hyperbrush.checkpoint.FusionSettings;
import dev.hyperbrush.delivery.DeliverySettings;
import dev.hyperbrush.install.DownloadSettings;
import dev.hyperbrush.onnx.OnnxSettings;
import dev.hyperbrush.pipeline.ChosenModel;
import dev.hyperbrush.pipeline.InstalledCatalogue;
import dev.hyperbrush.pipeline.ModelCatalogue;
import dev.hyperbrush.pipeline.StyleSettings;
import dev.hyperbrush.policy.ModerationSettings;
import dev.hyperbrush.policy.OperatorSettings;
import dev.hyperbrush.queue.QueueSettings;
import dev.hyperbrush.queue.RetentionSettings;
import dev.hyperbrush.store.StoreSettings;
import dev.hyperbrush.vae.VaeTiling;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Everything that whoever runs the program can decide. Immutable.
 *
 * @param data folder of the database, the pictures and the models
 * @param fusion how weights with LoRAs fused in are kept
 * @param modelsFile the operator's {@code models.yaml}; the packed one where empty
 * @param workers how each of them computes; at least one
 * @param styles pictures of what each model's style is like
 */
public record AppConfig(
    Path data,
    StoreSettings store,
    Optional<Path> modelsFile,
    WebSettings web,
    DiscordSettings discord,
    TelegramSettings telegram,
    OperatorSettings limits,
    ModerationSettings moderation,
    StyleSettings styles,
    QueueSettings queue,
    DeliverySettings delivery,
    RetentionSettings retention,
    VaeTiling vaeTiling,
    DownloadSettings downloads,
    List<OnnxSettings> workers,
    MemorySection memory,
    FusionSettings fusion) {
  public AppConfig {
    workers = List.copyOf(workers);
  }

  /** How to compute where one worker is enough. */
  public OnnxSettings onnx() {
    return workers.getFirst();
  }

  /** The same with another page. */
  public AppConfig with(WebSettings page) {
    return new AppConfig(
        data,
        store,
        modelsFile,
        page,
        discord,
        telegram,
        limits,
        moderation,
        styles,
        queue,
        delivery,
        retention,
        vaeTiling,
        downloads,
        workers,
        memory,
        fusion);
  }

  /** What is in the data folder now, to be looked at again. */
  public InstalledCatalogue installed() {
    return InstalledCatalogue.open(data, modelsFile, this::defaultModel);
  }

  /** Looks around in the data folder. */
  public ModelCatalogue models() {
    return ModelCatalogue.load(data, modelsFile, defaultModel());
  }

  /** What people get who name none: as the settings say, or else as {@code models use} has set. */
  public String defaultModel() {
    return limits.defaultModel().or(() -> ChosenModel.read(data)).orElse(ModelCatalogue.BUILTIN);
  }
}
