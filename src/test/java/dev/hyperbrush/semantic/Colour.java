package dev.hyperbrush.semantic;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/**
 * The colours of the built-in model's world (docs/tiny-model/training/world.py), and their words.
 */
enum Colour {
  RED(222, 38, 38, "crimson"),
  ORANGE(248, 140, 24, "tangerine"),
  YELLOW(248, 222, 48, "golden"),
  GREEN(44, 164, 66, "emerald"),
  CYAN(52, 206, 218, "turquoise"),
  BLUE(40, 82, 218, "navy"),
  PURPLE(132, 56, 188, "violet"),
  PINK(250, 150, 192, "rose"),
  BROWN(126, 74, 38, "chocolate"),
  BLACK(22, 22, 24, "ebony"),
  WHITE(246, 246, 246, "snowy"),
  GRAY(142, 142, 146, "silver");

  private final int red;
  private final int green;
  private final int blue;
  private final String otherWord;

  Colour(int red, int green, int blue, String otherWord) {
    this.red = red;
    this.green = green;
    this.blue = blue;
    this.otherWord = otherWord;
  }

  static Colour nearest(Rgb rgb) {
    return Arrays.stream(values())
        .min(Comparator.comparingDouble(colour -> colour.rgb().distance(rgb)))
        .orElseThrow();
  }

  Rgb rgb() {
    return new Rgb(red, green, blue);
  }

  List<String> words() {
    return List.of(name().toLowerCase(Locale.ROOT), otherWord);
  }
}
