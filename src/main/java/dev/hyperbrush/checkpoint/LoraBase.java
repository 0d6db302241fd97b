package dev.hyperbrush.checkpoint;

import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The families of models that LoRAs are made for, told by the names and shapes of their tensors:
 * transformers have blocks of their own names, and UNets differ in the width of the text that their
 * cross-attention reads.
 */
public enum LoraBase {
  SD15("Stable Diffusion 1.5"),
  SD2("Stable Diffusion 2"),
  SDXL("SDXL"),
  SDXL_REFINER("the SDXL refiner"),
  SD3("Stable Diffusion 3"),
  FLUX("FLUX");

  private static final Pattern FLUX_BLOCKS =
      Pattern.compile("(double|single|single_transformer)_blocks[._]\\d.*");
  private static final Pattern SD3_BLOCKS =
      Pattern.compile(
          "joint_blocks[._]\\d.*|transformer[._]transformer_blocks[._]\\d+[._]attn[._].*");

  private static final Map<Long, LoraBase> BY_TEXT_WIDTH =
      Map.of(768L, SD15, 1024L, SD2, 2048L, SDXL, 1280L, SDXL_REFINER);

  private final String title;

  LoraBase(String title) {
    this.title = title;
  }

  /** As the field calls it, in every language. */
  public String title() {
    return title;
  }

  /** Whether it can be fused into models of a family. */
  public boolean fits(ModelFamily family) {
    return switch (family) {
      case SDXL -> this == SDXL;
      case SD15 -> this == SD15;
    };
  }

  /**
   * By what trainers write: {@code sdxl_base_v1-0}, {@code stable-diffusion-xl-v1-base/lora},
   * {@code sd_v1}, {@code SDXL 1.0}.
   */
  static Optional<LoraBase> named(String text) {
    String name = text.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]", "");
    if (name.startsWith("sdxl") || name.startsWith("stablediffusionxl")) {
      return Optional.of(SDXL);
    }
    if (name.startsWith("flux")) {
      return Optional.of(FLUX);
    }
    String version = name.replaceFirst("^(sd|stablediffusion)v?", "");
    if (version.equals(name) || version.isEmpty()) {
      return Optional.empty();
    }
    return switch (version.charAt(0)) {
      case '1' -> Optional.of(SD15);
      case '2' -> Optional.of(SD2);
      case '3' -> Optional.of(SD3);
      default -> Optional.empty();
    };
  }

  /** By the width of the prompt that cross-attention layers take. */
  static Optional<LoraBase> ofPromptWidth(long width) {
    return Optional.ofNullable(BY_TEXT_WIDTH.get(width));
  }

  /** The family of a LoRA, where its layers tell. */
  static Optional<LoraBase> of(List<LoraModule> modules) {
    List<String> names = modules.stream().map(LoraModule::name).toList();
    if (any(names, FLUX_BLOCKS)) {
      return Optional.of(FLUX);
    }
    if (any(names, SD3_BLOCKS)) {
      return Optional.of(SD3);
    }
    return modules.stream()
        .filter(module -> readsText(module.name()) && module.delta().weightShape().size() == 2)
        .map(module -> module.delta().weightShape().get(1))
        .findFirst()
        .flatMap(width -> Optional.ofNullable(BY_TEXT_WIDTH.get(width)));
  }

  /** The family of a UNet. */
  static Optional<LoraBase> of(Weights unet) {
    return unet.names().stream()
        .filter(name -> name.endsWith("attn2.to_k.weight"))
        .findFirst()
        .map(name -> unet.get(name).shape().getLast())
        .flatMap(width -> Optional.ofNullable(BY_TEXT_WIDTH.get(width)));
  }

  private static boolean readsText(String module) {
    return module.endsWith("attn2_to_k")
        || module.endsWith("attn2.to_k")
        || module.endsWith("attn2_to_v")
        || module.endsWith("attn2.to_v");
  }

  private static boolean any(Collection<String> names, Pattern blocks) {
    return names.stream().anyMatch(name -> blocks.matcher(name).find());
  }
}
