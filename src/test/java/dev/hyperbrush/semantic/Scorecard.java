package dev.hyperbrush.semantic;

import dev.hyperbrush.generation.RgbImage;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;

/** Which pictures show what was asked for. Owned by one thread. */
final class Scorecard {
  /** What a picture can get right. */
  enum Trait {
    BACKGROUND,
    COLOUR,
    SIZE,
    PLACE,
    FIGURE
  }

  private record Case(Scene asked, Sight seen) {
    boolean right(Trait trait) {
      return switch (trait) {
        case BACKGROUND -> seen.background() == asked.background();
        case COLOUR -> seen.object().filter(thing -> thing.colour() == asked.colour()).isPresent();
        case SIZE -> seen.object().filter(thing -> thing.size() == asked.size()).isPresent();
        case PLACE -> seen.object().filter(thing -> thing.place() == asked.place()).isPresent();
        case FIGURE -> seen.object().filter(thing -> thing.figure() == asked.figure()).isPresent();
      };
    }

    String mistakes() {
      return Arrays.stream(Trait.values())
          .filter(trait -> !right(trait))
          .map(Trait::name)
          .collect(Collectors.joining(", ", asked.prompt() + ": wrong in ", ", seen " + seen));
    }
  }

  private final PictureOracle oracle = new PictureOracle();
  private final List<Case> cases = new ArrayList<>();

  void add(Scene asked, RgbImage picture) {
    cases.add(new Case(asked, oracle.look(picture)));
  }

  /** Share of the pictures that are right in a trait, 0 to 1. */
  double right(Trait trait) {
    return (double) cases.stream().filter(c -> c.right(trait)).count() / cases.size();
  }

  /** How far the objects' colours are from what was asked for, 0 to 442. */
  double colourError() {
    return mean(
        c -> c.seen().object().map(t -> t.rgb().distance(c.asked().colour().rgb())).orElse(442.0));
  }

  /** How hollow the objects are, 0 to 1. */
  double hollow() {
    return mean(c -> c.seen().object().map(Sight.Thing::hollow).orElse(0.0));
  }

  private double mean(ToDoubleFunction<Case> value) {
    return cases.stream().mapToDouble(value).average().orElseThrow();
  }

  /** All shares in percent, then what is wrong. */
  @Override
  public String toString() {
    String shares =
        Arrays.stream(Trait.values())
            .map(trait -> "%s %.0f %%".formatted(trait, 100 * right(trait)))
            .collect(Collectors.joining(", "));
    String wrong =
        cases.stream()
            .filter(c -> Arrays.stream(Trait.values()).anyMatch(trait -> !c.right(trait)))
            .map(Case::mistakes)
            .collect(Collectors.joining("\n  "));
    return "%s; colours %.1f off, %.2f hollow\n  %s"
        .formatted(shares, colourError(), hollow(), wrong);
  }
}
