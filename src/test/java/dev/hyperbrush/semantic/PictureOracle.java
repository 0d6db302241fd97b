package dev.hyperbrush.semantic;

import dev.hyperbrush.generation.RgbImage;
import java.awt.Rectangle;
import java.awt.geom.Rectangle2D;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.ToIntFunction;
import java.util.stream.IntStream;

/**
 * Says what is in a picture of one object on a plain background: the border shows the background,
 * what differs from it is the object, and the figure is the one that covers it best when stretched
 * over its bounds.
 */
final class PictureOracle {
  private static final int BORDER = 4;

  /** Half of the smallest distance between two colours (orange and yellow, 86). */
  private static final double DIFFERENT = 42;

  private static final int SMALLEST_OBJECT = 40;
  private static final int TEMPLATE_SIDE = 96;

  /** Nearer to the centre than two thirds of the smallest offset (big objects', 0.09). */
  private static final double CENTRAL = 0.06;

  private record Template(Figure figure, Mask mask) {}

  private static final List<Template> TEMPLATES =
      Arrays.stream(Figure.values()).map(figure -> new Template(figure, template(figure))).toList();

  Sight look(RgbImage image) {
    Rgb background = median(image, border(image));
    Mask object =
        Mask.of(image.width(), image.height(), i -> at(image, i).distance(background) > DIFFERENT)
            .smoothed(5)
            .largestPart();
    return new Sight(
        Colour.nearest(background),
        object.area() < SMALLEST_OBJECT ? Optional.empty() : Optional.of(describe(object, image)));
  }

  private static Sight.Thing describe(Mask object, RgbImage image) {
    Rectangle box = object.bounds();
    Figure figure =
        TEMPLATES.stream()
            .max(Comparator.comparingDouble(template -> likeness(template, object, box)))
            .orElseThrow()
            .figure();
    Mask core = object.smoothed(9);
    Rgb rgb = median(image, core.area() > 10 ? core : object);
    Rectangle2D unit = figure.bounds();
    double radius = (box.width / unit.getWidth() + box.height / unit.getHeight()) / 2;
    double side = Math.min(image.width(), image.height());
    return new Sight.Thing(
        figure,
        Colour.nearest(rgb),
        rgb,
        size(2 * radius / side),
        place(
            (box.getCenterX() - radius * unit.getCenterX()) / image.width() - 0.5,
            (box.getCenterY() - radius * unit.getCenterY()) / image.height() - 0.5),
        hollow(object, box));
  }

  /** A figure stretched over a square. */
  private static Mask template(Figure figure) {
    Rectangle2D bounds = figure.bounds();
    double pixel = 1.0 / TEMPLATE_SIDE;
    return Mask.of(
        TEMPLATE_SIDE,
        TEMPLATE_SIDE,
        i -> {
          int column = i % TEMPLATE_SIDE;
          int row = i / TEMPLATE_SIDE;
          return figure
              .outline()
              .contains(
                  bounds.getX() + bounds.getWidth() * (column + 0.5) * pixel,
                  bounds.getY() + bounds.getHeight() * (row + 0.5) * pixel);
        });
  }

  /** Intersection over union, less for a figure that had to be distorted to fit. */
  private static double likeness(Template template, Mask object, Rectangle box) {
    int both = 0;
    int either = 0;
    for (int y = 0; y < box.height; y++) {
      for (int x = 0; x < box.width; x++) {
        boolean there = object.has(box.x + x, box.y + y);
        boolean expected =
            template
                .mask()
                .has(
                    (2 * x + 1) * TEMPLATE_SIDE / (2 * box.width),
                    (2 * y + 1) * TEMPLATE_SIDE / (2 * box.height));
        both += there && expected ? 1 : 0;
        either += there || expected ? 1 : 0;
      }
    }
    Rectangle2D unit = template.figure().bounds();
    double distortion = box.width * unit.getHeight() / (box.height * unit.getWidth());
    return (double) both / either * Math.sqrt(Math.min(distortion, 1 / distortion));
  }

  /** The nearest on a logarithmic scale. */
  private static Scene.Size size(double diameter) {
    return Arrays.stream(Scene.Size.values())
        .min(Comparator.comparingDouble(size -> Math.abs(Math.log(diameter / size.diameter))))
        .orElseThrow();
  }

  private static Scene.Place place(double x, double y) {
    if (Math.max(Math.abs(x), Math.abs(y)) < CENTRAL) {
      return Scene.Place.CENTRE;
    }
    if (Math.abs(x) > Math.abs(y)) {
      return x < 0 ? Scene.Place.LEFT : Scene.Place.RIGHT;
    }
    return y < 0 ? Scene.Place.TOP : Scene.Place.BOTTOM;
  }

  private static double hollow(Mask object, Rectangle box) {
    Rectangle middle =
        new Rectangle(
            box.x + box.width * 2 / 5,
            box.y + box.height * 2 / 5,
            Math.max(1, box.width / 5),
            Math.max(1, box.height / 5));
    long missing =
        IntStream.range(0, middle.width * middle.height)
            .filter(i -> !object.has(middle.x + i % middle.width, middle.y + i / middle.width))
            .count();
    return (double) missing / (middle.width * middle.height);
  }

  private static Mask border(RgbImage image) {
    int right = image.width() - BORDER;
    int bottom = image.height() - BORDER;
    return Mask.of(
        image.width(),
        image.height(),
        i -> {
          int x = i % image.width();
          int y = i / image.width();
          return x < BORDER || x >= right || y < BORDER || y >= bottom;
        });
  }

  private static Rgb at(RgbImage image, int pixel) {
    int x = pixel % image.width();
    int y = pixel / image.width();
    return new Rgb(image.channel(x, y, 0), image.channel(x, y, 1), image.channel(x, y, 2));
  }

  /** The median of each channel, which a few odd pixels do not move. */
  private static Rgb median(RgbImage image, Mask where) {
    List<Rgb> pixels = where.pixels().stream().mapToObj(i -> at(image, i)).toList();
    return new Rgb(median(pixels, Rgb::red), median(pixels, Rgb::green), median(pixels, Rgb::blue));
  }

  private static int median(List<Rgb> pixels, ToIntFunction<Rgb> channel) {
    return pixels.stream().mapToInt(channel).sorted().skip(pixels.size() / 2).findFirst().orElse(0);
  }
}
