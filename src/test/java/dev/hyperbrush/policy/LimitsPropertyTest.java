package dev.hyperbrush.policy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hyperbrush.generation.GenerationRequest;
import dev.hyperbrush.generation.Phrase;
import dev.hyperbrush.generation.ReasonCode;
import dev.hyperbrush.policy.EffectiveSettings.Settled;
import dev.hyperbrush.store.Origin;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Random settings in random scopes, and random wishes: what comes out is always possible. */
final class LimitsPropertyTest {
  private static final Situation HERE =
      new Situation(
          3,
          new Origin("discord", "2", Optional.of("1")),
          Set.of("5"),
          Permission.EVERYBODY,
          false);

  private final Random random = new Random(11);

  @Test
  void whateverIsSetAndAskedForStaysWithinTheLimits() {
    for (int run = 0; run < 3000; run++) {
      List<Layer> layers = layers();
      EffectiveSettings settings =
          new EffectiveSettings(
              ExampleModels.choices(), OperatorSettings.standard(), new Fixed(layers), random);
      Wish wish = wish();
      Settled settled = settings.settle(wish, HERE);
      Resolution resolution = settings.resolution(HERE);
      GenerationRequest request = settled.request();

      assertThat((long) request.steps())
          .isLessThanOrEqualTo(resolution.limit(Settings.MAX_STEPS).orElseThrow().value());
      assertThat((long) request.count())
          .isLessThanOrEqualTo(resolution.limit(Settings.MAX_COUNT).orElseThrow().value());
      assertThat(request.size().pixels())
          .isLessThanOrEqualTo(resolution.limit(Settings.MAX_PIXELS).orElseThrow().value());
      resolution
          .allowed(Settings.MODELS)
          .ifPresent(allowed -> assertThat(allowed.value()).contains(request.model()));
      boolean told =
          settled.notices().stream()
              .map(Phrase::code)
              .anyMatch(code ->
                  code == ReasonCode.STEPS_CHANGED || code.name().startsWith("LIMITED_BY_"));
      boolean stepsMoved = wish.steps().isPresent() && wish.steps().getAsInt() != request.steps();
      boolean countMoved = wish.count().isPresent() && wish.count().getAsInt() != request.count();
      assertThat(told || !(stepsMoved || countMoved)).isTrue();
    }
  }

  private List<Layer> layers() {
    List<Layer> layers = new ArrayList<>();
    for (Scope scope : Scope.around(HERE)) {
      SettingValues.Builder values = SettingValues.builder();
      maybe(values, Settings.STEPS, random.nextLong(1, 151));
      maybe(values, Settings.GUIDANCE, random.nextDouble(20));
      maybe(values, Settings.COUNT, random.nextLong(1, 5));
      maybe(values, Settings.SIZE, size());
      maybe(values, Settings.MODEL, random.nextBoolean() ? "small" : "turbo-xl");
      maybe(values, Settings.MODELS, List.of(random.nextBoolean() ? "small" : "turbo-xl"));
      maybe(values, Settings.MAX_STEPS, random.nextLong(1, 151));
      maybe(values, Settings.MAX_COUNT, random.nextLong(1, 5));
      maybe(values, Settings.MAX_PIXELS, random.nextLong(64 * 64, 1024 * 1024));
      layers.add(new Layer(scope, values.build()));
    }
    return layers;
  }

  private <T> void maybe(SettingValues.Builder values, Setting<T> setting, T value) {
    if (random.nextInt(3) == 0) {
      values.put(setting, value);
    }
  }

  private SizeWish size() {
    return random.nextBoolean()
        ? SizeWish.Pixels.of(random.nextInt(16, 2048), random.nextInt(16, 2048))
        : new SizeWish.Ratio(random.nextInt(1, 20), random.nextInt(1, 20));
  }

  private Wish wish() {
    return new Wish(
        "a cat",
        "",
        Optional.empty(),
        random.nextBoolean() ? OptionalInt.of(random.nextInt(1, 151)) : OptionalInt.empty(),
        random.nextBoolean() ? OptionalDouble.of(random.nextDouble(20)) : OptionalDouble.empty(),
        Optional.empty(),
        random.nextBoolean() ? Optional.of(size()) : Optional.empty(),
        random.nextBoolean() ? OptionalInt.of(random.nextInt(1, 5)) : OptionalInt.empty(),
        Optional.empty(),
        OptionalDouble.empty(),
        List.of(),
        List.of(),
        Optional.empty(),
        Optional.empty(),
        false);
  }

  /** What is set, without a database. */
  private record Fixed(List<Layer> layers) implements SettingSource {
    @Override
    public List<Layer> around(Situation situation) {
      return layers;
    }

    @Override
    public Optional<Layer> everywhere() {
      return Optional.empty();
    }

    @Override
    public Layer preset(String name, Situation situation) {
      throw SettingSource.unknownPreset(name);
    }
  }
}
