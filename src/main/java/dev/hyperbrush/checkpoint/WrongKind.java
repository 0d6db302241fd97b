package dev.hyperbrush.checkpoint;

import dev.hyperbrush.checkpoint.CheckpointKind.Use;
import dev.hyperbrush.generation.ReasonCode;
import dev.hyperbrush.generation.Refusal;
import java.nio.file.Path;

/**
 * A file that is not what is wanted of it, as a sentence that says what it is and where it goes.
 */
final class WrongKind {
  /**
   * The refusal of a file as something else.
   *
   * @param wanted {@code SDXL}, {@code SDXL UNet} or {@code VAE}, for example
   */
  static Refusal of(Path file, CheckpointKind kind, String wanted) {
    return switch (kind.use()) {
      case LORA -> new Refusal(ReasonCode.FILE_IS_LORA, file, wanted);
      case EMBEDDING -> new Refusal(ReasonCode.FILE_IS_EMBEDDING, file, wanted);
      case UNET, VAE, TINY_VAE -> new Refusal(part(kind.use()), file, wanted, kind.title());
      case MODEL -> new Refusal(ReasonCode.FILE_IS_MODEL, file, wanted, kind.title());
      case OTHER_MODEL -> new Refusal(ReasonCode.FILE_IS_OTHER_MODEL, file, wanted, kind.title());
      case ADDITION -> new Refusal(ReasonCode.FILE_IS_ADDITION, file, wanted, kind.title());
      case NONE -> new Refusal(ReasonCode.FILE_UNKNOWN_KIND, file, wanted);
    };
  }

  private static ReasonCode part(Use use) {
    return switch (use) {
      case UNET -> ReasonCode.FILE_IS_UNET;
      case VAE -> ReasonCode.FILE_IS_VAE;
      default -> ReasonCode.FILE_IS_TINY_VAE;
    };
  }

  private WrongKind() {}
}
