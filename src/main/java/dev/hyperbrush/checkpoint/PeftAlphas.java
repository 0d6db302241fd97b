package dev.hyperbrush.checkpoint;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.nio.file.Path;

/**
 * How strong the modules of a diffusers LoRA are, where the file says so beside its tensors: newer
 * versions of diffusers write peft's settings as JSON into the header, under {@code
 * lora_adapter_metadata}, each setting with its component in front ({@code unet.lora_alpha}).
 *
 * <p>Immutable.
 */
final class PeftAlphas {
  private static final String KEY = "lora_adapter_metadata";

  private final JsonNode settings;

  private PeftAlphas(JsonNode settings) {
    this.settings = settings;
  }

  static PeftAlphas of(SafetensorsFile file) {
    String json = file.metadata().getOrDefault(KEY, "");
    return new PeftAlphas(json.isEmpty() ? MissingNode.getInstance() : parse(file.path(), json));
  }

  /** What {@code up @ down} is multiplied with: alpha / rank, and 1 where nothing is said. */
  double scale(String module, int rank) {
    int dot = module.indexOf('.');
    String component = module.substring(0, Math.max(dot, 0));
    JsonNode alpha = settings.path(component + ".lora_alpha");
    for (var own : settings.path(component + ".alpha_pattern").properties()) {
      if (module.endsWith("." + own.getKey())) {
        alpha = own.getValue();
      }
    }
    // "Rank-stabilised" LoRA (arXiv 2312.03732) divides by the root of the rank.
    boolean stabilised = settings.path(component + ".use_rslora").asBoolean();
    return alpha.isNumber() ? alpha.asDouble() / (stabilised ? Math.sqrt(rank) : rank) : 1;
  }

  private static JsonNode parse(Path file, String json) {
    try {
      return new JsonMapper().readTree(json);
    } catch (JsonProcessingException e) {
      throw WeightFileProblem.broken(file, KEY + " is no JSON: " + e.getOriginalMessage());
    }
  }
}
