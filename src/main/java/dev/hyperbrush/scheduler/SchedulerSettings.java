package dev.hyperbrush.scheduler;

import com.fasterxml.jackson.databind.JsonNode;
import dev.hyperbrush.generation.ReasonCode;
import dev.hyperbrush.generation.Refusal;
import dev.hyperbrush.generation.Shown;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** The keys of a {@code scheduler_config.json}; what cannot be used is refused by key and value. */
final class SchedulerSettings {
  private static final int MAX_TRAIN_TIMESTEPS = 100_000;

  private final JsonNode json;
  private final String source;

  SchedulerSettings(JsonNode json, String source) {
    this.json = json;
    this.source = source;
  }

  SchedulerConfig toConfig() {
    refuseWhatWouldBeIgnored();
    SchedulerConfig.Betas betas = betas();
    return new SchedulerConfig(
        betas,
        choice("prediction_type", PredictionType.EPSILON),
        choice("timestep_spacing", TimestepSpacing.LEADING),
        whole("steps_offset", 0, 0, betas.trainTimesteps() - 1),
        flag("set_alpha_to_one", true),
        flag("clip_sample", false)
            ? number("clip_sample_range", 1, Double.MIN_NORMAL, Double.MAX_VALUE)
            : Double.POSITIVE_INFINITY,
        distillation(betas.trainTimesteps()),
        sigmaSpacing(),
        choice("final_sigmas_type", SchedulerConfig.FinalSigma.ZERO),
        solver());
  }

  private SchedulerConfig.Betas betas() {
    double start = number("beta_start", 0.00085, Double.MIN_NORMAL, 0.999);
    return new SchedulerConfig.Betas(
        whole("num_train_timesteps", 1000, 2, MAX_TRAIN_TIMESTEPS),
        start,
        number("beta_end", 0.012, start, 0.999),
        choice("beta_schedule", BetaSchedule.SCALED_LINEAR),
        flag("rescale_betas_zero_snr", false));
  }

  private SchedulerConfig.Distillation distillation(int trainTimesteps) {
    return new SchedulerConfig.Distillation(
        whole("original_inference_steps", Math.min(50, trainTimesteps), 1, trainTimesteps),
        number("timestep_scaling", 10, Double.MIN_NORMAL, 1e6));
  }

  private SigmaSpacing sigmaSpacing() {
    if (flag("use_karras_sigmas", false)) {
      return SigmaSpacing.KARRAS;
    }
    if (flag("use_exponential_sigmas", false)) {
      return SigmaSpacing.EXPONENTIAL;
    }
    return flag("use_beta_sigmas", false) ? SigmaSpacing.BETA : SigmaSpacing.TIMESTEPS;
  }

  private SchedulerConfig.Solver solver() {
    String algorithm = text("algorithm_type", List.of("dpmsolver++", "sde-dpmsolver++"));
    return new SchedulerConfig.Solver(
        whole("solver_order", 2, 1, 3),
        algorithm.startsWith("sde"),
        choice("solver_type", SchedulerConfig.SolverType.MIDPOINT),
        flag("lower_order_final", true),
        flag("euler_at_final", false));
  }

  /** Settings of other values would change the picture, and nothing here follows them. */
  private void refuseWhatWouldBeIgnored() {
    text("interpolation_type", List.of("linear"));
    text("timestep_type", List.of("discrete"));
    for (String key : List.of("thresholding", "use_flow_sigmas", "use_lu_lambdas")) {
      if (flag(key, false)) {
        throw bad(key, "false");
      }
    }
    for (String key : List.of("trained_betas", "sigma_min", "sigma_max")) {
      if (json.hasNonNull(key)) {
        throw bad(key, "null");
      }
    }
  }

  private boolean flag(String key, boolean absent) {
    if (!json.hasNonNull(key)) {
      return absent;
    }
    if (!json.get(key).isBoolean()) {
      throw bad(key, "true or false");
    }
    return json.get(key).booleanValue();
  }

  private int whole(String key, int absent, int min, int max) {
    if (!json.hasNonNull(key)) {
      return absent;
    }
    JsonNode value = json.get(key);
    if (!value.isInt() || value.intValue() < min || value.intValue() > max) {
      throw bad(key, "a whole number from " + min + " to " + max);
    }
    return value.intValue();
  }

  private double number(String key, double absent, double min, double max) {
    if (!json.hasNonNull(key)) {
      return absent;
    }
    double value = json.get(key).isNumber() ? json.get(key).doubleValue() : Double.NaN;
    if (!(value >= min && value <= max)) {
      throw bad(key, "a number from " + min + " to " + max);
    }
    return value;
  }

  /** The first of what is accepted stands for an absent value. */
  private String text(String key, List<String> accepted) {
    String value = json.hasNonNull(key) ? json.get(key).asText() : accepted.getFirst();
    if (!accepted.contains(value)) {
      throw bad(key, String.join(" or ", accepted));
    }
    return value;
  }

  private <E extends Enum<E>> E choice(String key, E absent) {
    E[] values = absent.getDeclaringClass().getEnumConstants();
    List<String> names =
        Arrays.stream(values).map(value -> value.name().toLowerCase(Locale.ROOT)).toList();
    if (!json.hasNonNull(key)) {
      return absent;
    }
    return values[names.indexOf(text(key, names))];
  }

  private Refusal bad(String key, String accepted) {
    String value = Shown.brief(json.get(key).toString());
    return new Refusal(ReasonCode.CONFIG_VALUE_BAD, key, value, source, accepted);
  }
}
