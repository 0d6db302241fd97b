package dev.hyperbrush.checkpoint;

import java.nio.file.Path;
import java.util.Optional;

/**
 * What a file of weights is of. It is seen from the names and shapes of its tensors, never from the
 * file's name.
 */
public enum CheckpointKind {
  SDXL("SDXL", Use.MODEL),
  SD15("SD 1.5", Use.MODEL),
  SDXL_UNET("SDXL UNet", Use.UNET),
  SD15_UNET("SD 1.5 UNet", Use.UNET),
  VAE("VAE", Use.VAE),
  TAESD("TAESD", Use.TINY_VAE),
  LORA("LoRA", Use.LORA),
  EMBEDDING("textual inversion embedding", Use.EMBEDDING),

  SDXL_REFINER("SDXL refiner", Use.OTHER_MODEL),
  SDXL_INPAINTING("SDXL inpainting", Use.OTHER_MODEL),
  SDXL_DISTILLED("SSD-1B / Segmind Vega", Use.OTHER_MODEL),
  SD15_INPAINTING("SD 1.5 inpainting", Use.OTHER_MODEL),
  INSTRUCT_PIX2PIX("InstructPix2Pix", Use.OTHER_MODEL),
  PLAYGROUND("Playground v2.5", Use.OTHER_MODEL),
  SD2("SD 2", Use.OTHER_MODEL),
  SD2_UNET("SD 2 UNet", Use.OTHER_MODEL),
  SD3("SD 3", Use.OTHER_MODEL),
  FLUX("FLUX", Use.OTHER_MODEL),
  STABLE_CASCADE("Stable Cascade", Use.OTHER_MODEL),
  PIXART("PixArt", Use.OTHER_MODEL),
  AURAFLOW("AuraFlow", Use.OTHER_MODEL),
  ANIMATEDIFF("AnimateDiff", Use.OTHER_MODEL),
  OTHER_TRANSFORMER("diffusion transformer (DiT)", Use.OTHER_MODEL),
  OTHER_VAE("VAE (SD 3 / FLUX / video)", Use.OTHER_MODEL),

  CONTROLNET("ControlNet", Use.ADDITION),
  T2I_ADAPTER("T2I-Adapter", Use.ADDITION),
  IP_ADAPTER("IP-Adapter", Use.ADDITION),
  TEXT_ENCODER("text encoder", Use.ADDITION),
  UPSCALER("ESRGAN / SwinIR", Use.ADDITION),

  UNKNOWN("?", Use.NONE);

  /** What can be done with a file. */
  public enum Use {
    /** A whole model that draws. */
    MODEL,
    /** Takes the place of a model's UNet. */
    UNET,
    /** Takes the place of a model's VAE. */
    VAE,
    /** Decodes previews and drafts. */
    TINY_VAE,
    LORA,
    EMBEDDING,
    /** A model of another architecture. */
    OTHER_MODEL,
    /** Something that needs a model, and is not used here. */
    ADDITION,
    NONE
  }

  private final String title;
  private final Use use;

  CheckpointKind(String title, Use use) {
    this.title = title;
    this.use = use;
  }

  /**
   * Reads the file's header.
   *
   * @throws dev.hyperbrush.generation.Refusal when it is no safetensors file, or broken
   */
  public static CheckpointKind of(Path file) {
    return of(SafetensorsFile.open(file));
  }

  public static CheckpointKind of(SafetensorsFile file) {
    return new KindRules(file.tensors()).kind();
  }

  /** What people call it, in all languages. */
  public String title() {
    return title;
  }

  public Use use() {
    return use;
  }

  /** Of which family a model or its UNet is, where it is one that draws here. */
  public Optional<ModelFamily> family() {
    return switch (this) {
      case SDXL, SDXL_UNET -> Optional.of(ModelFamily.SDXL);
      case SD15, SD15_UNET -> Optional.of(ModelFamily.SD15);
      default -> Optional.empty();
    };
  }
}
