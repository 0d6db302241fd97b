package dev.hyperbrush.checkpoint;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** What a UNet predicts, as a file or an operator says it, in the words of diffusers. */
final class Prediction {
  /** Empty tensors with which makers mark their files. */
  private static final String V_MARK = "v_pred";

  private static final String ZERO_SNR_MARK = "ztsnr";

  private static final Map<String, String> NAMES =
      Map.of(
          "epsilon", "epsilon",
          "eps", "epsilon",
          "v", "v_prediction",
          "v_prediction", "v_prediction",
          "v-prediction", "v_prediction",
          "sample", "sample",
          "x0", "sample");

  /** Puts what a file says over a {@code scheduler_config.json}. */
  static void putAll(SafetensorsFile file, ObjectNode scheduler) {
    Optional.ofNullable(file.metadata().get("modelspec.prediction_type"))
        .flatMap(Prediction::named)
        .or(() -> file.find(V_MARK).map(mark -> "v_prediction"))
        .ifPresent(type -> scheduler.put("prediction_type", type));
    if (hasZeroTerminalSnr(file)) {
      // Only trailing timesteps begin with pure noise (arXiv 2305.08891).
      scheduler.put("rescale_betas_zero_snr", true).put("timestep_spacing", "trailing");
    }
  }

  static boolean hasZeroTerminalSnr(SafetensorsFile file) {
    return file.find(ZERO_SNR_MARK).isPresent();
  }

  /** The word of diffusers for it, where it is known. */
  static Optional<String> named(String word) {
    return Optional.ofNullable(NAMES.get(word.strip().toLowerCase(Locale.ROOT)));
  }

  private Prediction() {}
}
