package dev.hyperbrush.policy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hyperbrush.generation.LoraWeight;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

final class ResolutionTest {
  private static final Scope SERVER = Scope.server("discord", "1");
  private static final Scope CHANNEL = Scope.channel("discord", "1", "2");
  private static final Scope PERSON = Scope.person(3);

  /** From the widest to the narrowest. */
  private static final List<Scope> SCOPES =
      List.of(
          Scope.OPERATOR,
          Scope.EVERYWHERE,
          SERVER,
          CHANNEL,
          role("5"),
          PERSON,
          Scope.preset("moody"),
          Scope.COMMAND);

  private static Stream<Arguments> pairs() {
    return SCOPES.stream()
        .flatMap(wide ->
            SCOPES.subList(SCOPES.indexOf(wide) + 1, SCOPES.size()).stream()
                .map(narrow -> Arguments.of(wide, narrow)));
  }

  @ParameterizedTest
  @MethodSource("pairs")
  void ofTwoScopesTheNarrowerDecidesDefaults(Scope wide, Scope narrow) {
    Resolution both =
        new Resolution(List.of(layer(wide, Settings.STEPS, 5L), layer(narrow, Settings.STEPS, 7L)));
    assertThat(both.decided(Settings.STEPS)).contains(new Found<>(7L, narrow));
    Resolution one =
        new Resolution(List.of(layer(wide, Settings.STEPS, 5L), layer(narrow, Settings.COUNT, 2L)));
    assertThat(one.decided(Settings.STEPS)).contains(new Found<>(5L, wide));
    assertThat(one.decided(Settings.GUIDANCE)).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("pairs")
  void ofTwoLimitsTheNarrowerDecidesUnlessItExceedsTheOperators(Scope wide, Scope narrow) {
    if (!Settings.MAX_STEPS.isFor(narrow.kind())) {
      return;
    }
    assertThat(limit(wide, 10, narrow, 8)).isEqualTo(new Found<>(8L, narrow));
    Found<Long> looser = limit(wide, 10, narrow, 20);
    assertThat(looser)
        .isEqualTo(wide.kind().isOperators() ? new Found<>(10L, wide) : new Found<>(20L, narrow));
  }

  private static Found<Long> limit(Scope wide, long first, Scope narrow, long second) {
    return new Resolution(
            List.of(
                layer(wide, Settings.MAX_STEPS, first), layer(narrow, Settings.MAX_STEPS, second)))
        .limit(Settings.MAX_STEPS)
        .orElseThrow();
  }

  @Test
  void aLimitFromBelowIsTheOtherWayRound() {
    Resolution resolution =
        new Resolution(
            List.of(
                layer(Scope.OPERATOR, Settings.REFILL, 1.0),
                layer(SERVER, Settings.REFILL, 5.0),
                layer(CHANNEL, Settings.REFILL, 0.5)));
    assertThat(resolution.limit(Settings.REFILL)).contains(new Found<>(1.0, Scope.OPERATOR));
  }

  @Test
  void nobodyLimitsBySettingThingsForThemselvesOrInAPreset() {
    for (Scope own : List.of(PERSON, Scope.preset("moody"), Scope.COMMAND)) {
      Resolution resolution =
          new Resolution(
              List.of(
                  layer(SERVER, Settings.MAX_STEPS, 10L), layer(own, Settings.MAX_STEPS, 100L)));
      assertThat(resolution.limit(Settings.MAX_STEPS)).contains(new Found<>(10L, SERVER));
    }
  }

  /** Whatever is set anywhere: nobody gets more than whoever runs the program allows. */
  @Test
  void noScopeEverExceedsTheOperators() {
    Random random = new Random(3);
    for (int run = 0; run < 5000; run++) {
      List<Layer> layers = new ArrayList<>();
      long most = Long.MAX_VALUE;
      double least = 0;
      for (Scope scope :
          List.of(
              Scope.OPERATOR, Scope.EVERYWHERE, SERVER, CHANNEL, role("5"), role("6"), PERSON)) {
        long steps = random.nextLong(1, 151);
        double refill = random.nextInt(1, 100);
        boolean set = scope.equals(Scope.OPERATOR) || random.nextBoolean();
        if (set) {
          layers.add(
              new Layer(
                  scope,
                  SettingValues.builder()
                      .put(Settings.MAX_STEPS, steps)
                      .put(Settings.REFILL, refill)
                      .build()));
        }
        if (set && scope.kind().isOperators()) {
          most = Math.min(most, steps);
          least = Math.max(least, refill);
        }
      }
      Resolution resolution = new Resolution(layers);
      assertThat(resolution.limit(Settings.MAX_STEPS).orElseThrow().value())
          .isLessThanOrEqualTo(most);
      assertThat(resolution.limit(Settings.REFILL).orElseThrow().value())
          .isGreaterThanOrEqualTo(least);
    }
  }

  @Test
  void ofSeveralRolesTheFirstInRankDecidesAndTheMostGenerousLimits() {
    List<Layer> roles =
        new ArrayList<>(
            List.of(
                role("5", 0, 1, 11, 30),
                role("6", 2, 1, 12, 20),
                role("7", 2, 4, 13, 10),
                role("8", 1, 9, 14, 25)));
    Random random = new Random(1);
    for (int run = 0; run < 50; run++) {
      Collections.shuffle(roles, random);
      List<Layer> layers = new ArrayList<>(List.of(layer(CHANNEL, Settings.STEPS, 3L)));
      layers.addAll(roles);
      Resolution resolution = new Resolution(layers);
      assertThat(resolution.decided(Settings.STEPS)).contains(new Found<>(13L, role("7")));
      assertThat(resolution.limit(Settings.MAX_STEPS)).contains(new Found<>(30L, role("5")));
      assertThat(resolution.decided(Settings.WEIGHT)).contains(new Found<>(9.0, role("8")));
    }
  }

  @Test
  void aRoleCanBeWorthLessThanNothingSaid() {
    Resolution resolution =
        new Resolution(
            List.of(
                layer(Scope.OPERATOR, Settings.WEIGHT, 1.0),
                layer(role("5"), Settings.WEIGHT, 0.5)));
    assertThat(resolution.decided(Settings.WEIGHT)).contains(new Found<>(0.5, role("5")));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      nullValues = "-",
      textBlock =
          """
          # everywhere | server | role 5 | role 6 | allowed
          -            | -      | -      | -      | -
          -            | a b    | -      | -      | a b
          -            | a      | b      | c      | c b
          a b          | b c    | -      | -      | b
          a b          | -      | b      | c      | b
          a            | b      | -      | -      | a
          a            | -      | -      | -      | a
          """)
  void allowedNamesAreThoseOfTheNarrowestWithinTheOperators(
      @Nullable String everywhere,
      @Nullable String server,
      @Nullable String five,
      @Nullable String six,
      @Nullable String allowed) {
    List<Layer> layers = new ArrayList<>();
    add(layers, Scope.EVERYWHERE, everywhere);
    add(layers, SERVER, server);
    add(layers, role("5"), five);
    add(layers, role("6"), six);
    assertThat(new Resolution(layers).allowed(Settings.MODELS).map(Found::value))
        .isEqualTo(Optional.ofNullable(allowed).map(names -> List.of(names.split(" "))));
  }

  private static void add(List<Layer> layers, Scope scope, @Nullable String names) {
    if (names != null) {
      layers.add(layer(scope, Settings.MODELS, List.of(names.split(" "))));
    }
  }

  @Test
  void aStyleIsThatOfThePlaceAndInsideOfItOnesOwn() {
    Resolution resolution =
        new Resolution(
            List.of(
                layer(SERVER, Settings.PREFIX, "server"),
                layer(CHANNEL, Settings.PREFIX, "channel"),
                layer(PERSON, Settings.PREFIX, "own")));
    assertThat(resolution.style(Settings.PREFIX)).containsExactly("channel", "own");
    assertThat(resolution.style(Settings.SUFFIX)).isEmpty();
  }

  @Test
  void scopesAreReadAsTheyWereWritten() {
    for (Scope scope : SCOPES) {
      assertThat(Scope.parse(scope.text())).contains(scope);
    }
    Scope strange = Scope.channel("a/b", "c:d %", "e f\n/../%2F+");
    assertThat(strange.text()).doesNotContain(" ").doesNotContain("\n");
    assertThat(Scope.parse(strange.text())).contains(strange);
    assertThat(Scope.channel("a", "b/c", "d").text())
        .isNotEqualTo(Scope.channel("a", "b", "c/d").text());
    assertThat(Scope.parse("nonsense:1")).isEmpty();
    assertThat(Scope.parse("")).isEmpty();
  }

  @Test
  void valuesAreReadAsTheyWereWritten() {
    SettingValues values =
        SettingValues.builder()
            .put(Settings.STEPS, 6L)
            .put(Settings.GUIDANCE, 4.5)
            .put(Settings.SIZE, new SizeWish.Ratio(3, 2))
            .put(Settings.SPOILER, true)
            .put(Settings.MODELS, List.of("a", "b, c"))
            .put(Settings.NO, "text; '--")
            .put(Settings.LORA, List.of(new LoraWeight("fast:v2", -0.5), new LoraWeight("x", 1)))
            .put(Settings.REFILL, 0.5)
            .build();
    assertThat(SettingValues.read(values.write()).write()).isEqualTo(values.write());
    SettingValues other =
        SettingValues.builder()
            .put(Settings.SIZE, new SizeWish.Pixels(OptionalInt.of(64), OptionalInt.empty()))
            .build();
    assertThat(SettingValues.read(other.write()).get(Settings.SIZE))
        .isEqualTo(other.get(Settings.SIZE));
  }

  @ParameterizedTest
  @CsvSource({
    "steps, 0",
    "steps, 151",
    "steps, x",
    "steps, 99999999999999999999",
    "guidance, NaN",
    "guidance, -1",
    "spoiler, maybe",
    "size, 1024",
    "size, 1:",
    "weight, 11",
    "no such thing, 1"
  })
  void whatAnotherVersionWroteIsPassedOver(String name, String stored) {
    assertThat(SettingValues.read(Map.of(name, stored, "count", "2")).write())
        .containsOnlyKeys("count");
  }

  private static Layer role(String id, long priority, double weight, long steps, long mostSteps) {
    return new Layer(
        role(id),
        SettingValues.builder()
            .put(Settings.PRIORITY, priority)
            .put(Settings.WEIGHT, weight)
            .put(Settings.STEPS, steps)
            .put(Settings.MAX_STEPS, mostSteps)
            .build());
  }

  private static Scope role(String id) {
    return Scope.role("discord", "1", id);
  }

  private static <T> Layer layer(Scope scope, Setting<T> setting, T value) {
    return new Layer(scope, SettingValues.builder().put(setting, value).build());
  }
}
