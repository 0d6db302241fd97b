package dev.hyperbrush.checkpoint;

import dev.hyperbrush.checkpoint.LoraKey.Part;
import dev.hyperbrush.checkpoint.LoraModule.Target;
import dev.hyperbrush.generation.ReasonCode;
import dev.hyperbrush.generation.Refusal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Makes modules of the tensors that a LoRA file holds for one layer, by which parts there are.
 *
 * @param name of the layer, as the file gives it
 */
record LoraModules(String name, Map<Part, WeightTensor> parts, PeftAlphas peftAlphas) {
  private static final Map<Part, String> UNSUPPORTED =
      Map.of(Part.GLORA, "GLoRA", Part.OFT, "OFT", Part.IA3, "IA3");

  /** A change and the rank that its alpha is divided by; 0 where alpha has no meaning. */
  private record Ranked(LoraDelta delta, int rank) {}

  /**
   * One for the layer's weight, one for its bias; none where a part is missing.
   *
   * @throws Refusal where the kind cannot be fused, or parts do not fit each other
   */
  List<LoraModule> all() {
    UNSUPPORTED.forEach((part, kind) -> {
      WeightTensor tensor = parts.get(part);
      if (tensor != null) {
        throw new Refusal(ReasonCode.LORA_KIND_UNSUPPORTED, tensor.file(), kind, name);
      }
    });
    List<LoraModule> modules = new ArrayList<>();
    delta().ifPresent(ranked -> modules.add(weight(ranked)));
    WeightTensor bias = parts.get(Part.DIFF_BIAS);
    if (bias != null) {
      modules.add(
          new LoraModule(name, Target.BIAS, new FullDelta(bias), 1, null, List.of(bias.name())));
    }
    return modules;
  }

  private Optional<Ranked> delta() {
    return lowRank().or(this::hadamard).or(this::kronecker).or(this::full);
  }

  private Optional<Ranked> lowRank() {
    WeightTensor down = parts.get(Part.DOWN);
    WeightTensor up = parts.get(Part.UP);
    if (down == null || up == null) {
      return Optional.empty();
    }
    LowRankDelta delta = new LowRankDelta(down, up, parts.get(Part.MID));
    return Optional.of(new Ranked(delta, delta.rank()));
  }

  private Optional<Ranked> hadamard() {
    Factors first = factors(Part.HADA_W1_A, Part.HADA_W1_B, Part.HADA_T1);
    Factors second = factors(Part.HADA_W2_A, Part.HADA_W2_B, Part.HADA_T2);
    return first == null || second == null
        ? Optional.empty()
        : Optional.of(new Ranked(new HadamardDelta(first, second), first.rank()));
  }

  private Optional<Ranked> kronecker() {
    WeightTensor small = parts.get(Part.LOKR_W1);
    WeightTensor large = parts.get(Part.LOKR_W2);
    Factors smalls = factors(Part.LOKR_W1_A, Part.LOKR_W1_B, null);
    Factors larges = factors(Part.LOKR_W2_A, Part.LOKR_W2_B, Part.LOKR_T2);
    if ((small == null && smalls == null) || (large == null && larges == null)) {
      return Optional.empty();
    }
    int smallRank = small == null && smalls != null ? smalls.rank() : 0;
    int rank = large == null && larges != null ? larges.rank() : smallRank;
    KroneckerDelta delta =
        new KroneckerDelta(
            new KroneckerDelta.Part(small, smalls), new KroneckerDelta.Part(large, larges));
    return Optional.of(new Ranked(delta, rank));
  }

  private Optional<Ranked> full() {
    return Optional.ofNullable(parts.get(Part.DIFF))
        .map(difference -> new Ranked(new FullDelta(difference), 0));
  }

  private @Nullable Factors factors(Part a, Part b, @Nullable Part kernel) {
    WeightTensor left = parts.get(a);
    WeightTensor right = parts.get(b);
    return left == null || right == null
        ? null
        : new Factors(left, right, kernel == null ? null : parts.get(kernel));
  }

  private LoraModule weight(Ranked ranked) {
    List<String> keys =
        parts.entrySet().stream()
            .filter(entry -> entry.getKey() != Part.DIFF_BIAS)
            .map(entry -> entry.getValue().name())
            .toList();
    return new LoraModule(
        name, Target.WEIGHT, ranked.delta, scale(ranked.rank), lengths(ranked.delta), keys);
  }

  private double scale(int rank) {
    WeightTensor alpha = parts.get(Part.ALPHA);
    if (rank == 0) {
      return 1;
    }
    return alpha == null ? peftAlphas.scale(name, rank) : number(alpha) / rank;
  }

  private @Nullable WeightDecomposition lengths(LoraDelta delta) {
    WeightTensor vector = parts.get(Part.MAGNITUDE_VECTOR);
    WeightTensor scale = parts.get(Part.DORA_SCALE);
    if (vector != null) {
      return WeightDecomposition.ofVector(vector);
    }
    return scale == null ? null : WeightDecomposition.ofScale(scale, delta.weightShape());
  }

  private static double number(WeightTensor alpha) {
    boolean single = alpha.length() == alpha.dtype().bytes();
    double value = single ? alpha.read().data()[0] : Double.NaN;
    if (!Double.isFinite(value)) {
      throw WeightFileProblem.brokenTensor(alpha.file(), alpha.name(), "is not one number");
    }
    return value;
  }
}
