package dev.hyperbrush.semantic;

import dev.hyperbrush.generation.ImageSize;
import dev.hyperbrush.generation.RgbImage;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.geom.AffineTransform;
import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.List;

/** One object on a plain background: what a prompt asks for, and how it would ideally look. */
record Scene(Figure figure, Colour colour, Size size, Place place, Colour background) {
  /** How large an object is, as a diameter in parts of the picture's shorter side. */
  enum Size {
    SMALL("small ", 0.31, 0.29),
    MEDIUM("", 0.56, 0.23),
    BIG("big ", 0.82, 0.09);

    final String words;
    final double diameter;

    /** How far from the centre an object of this size is put, in parts of the side. */
    final double offset;

    Size(String words, double diameter, double offset) {
      this.words = words;
      this.diameter = diameter;
      this.offset = offset;
    }
  }

  /** Where an object is. */
  enum Place {
    CENTRE("", 0, 0),
    LEFT(" on the left", -1, 0),
    RIGHT(" on the right", 1, 0),
    TOP(" at the top", 0, -1),
    BOTTOM(" at the bottom", 0, 1);

    final String words;
    final int x;
    final int y;

    Place(String words, int x, int y) {
      this.words = words;
      this.x = x;
      this.y = y;
    }
  }

  /**
   * Many different scenes, always the same ones: steps without a common divisor walk through
   * figures, colours, sizes and places.
   */
  static List<Scene> varied(int count) {
    List<Colour> colours = List.of(Colour.values());
    List<Figure> figures = List.of(Figure.values());
    List<Size> sizes = List.of(Size.values());
    List<Place> places = List.of(Place.values());
    List<Scene> scenes = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      int round = i + i / figures.size();
      int colour = i * 5 % colours.size();
      int distance = 1 + i * 3 % (colours.size() - 1);
      scenes.add(
          new Scene(
              figures.get(i % figures.size()),
              colours.get(colour),
              sizes.get(round % sizes.size()),
              places.get(round % places.size()),
              colours.get((colour + distance) % colours.size())));
    }
    return scenes;
  }

  String prompt() {
    return prompt(0);
  }

  /**
   * The sentence for this scene.
   *
   * @param words 0 for the usual words, 1 for others of the same meaning
   */
  String prompt(int words) {
    return "a "
        + size.words
        + colour.words().get(words)
        + " "
        + figure.words().get(words)
        + place.words
        + " on a "
        + background.words().get(words)
        + " background";
  }

  RgbImage draw(ImageSize canvas) {
    BufferedImage image =
        new BufferedImage(canvas.width(), canvas.height(), BufferedImage.TYPE_INT_RGB);
    Graphics2D graphics = image.createGraphics();
    graphics.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
    graphics.setColor(awt(background));
    graphics.fillRect(0, 0, canvas.width(), canvas.height());
    graphics.setColor(awt(colour));
    graphics.fill(unitToCanvas(canvas).createTransformedShape(figure.outline()));
    graphics.dispose();
    return copy(image);
  }

  private AffineTransform unitToCanvas(ImageSize canvas) {
    double radius = Math.min(canvas.width(), canvas.height()) * size.diameter / 2;
    AffineTransform transform = new AffineTransform();
    transform.translate(
        canvas.width() * (0.5 + place.x * size.offset),
        canvas.height() * (0.5 + place.y * size.offset));
    transform.scale(radius, radius);
    return transform;
  }

  private static Color awt(Colour colour) {
    return new Color(colour.rgb().red(), colour.rgb().green(), colour.rgb().blue());
  }

  private static RgbImage copy(BufferedImage image) {
    byte[] rgb = new byte[image.getWidth() * image.getHeight() * 3];
    for (int i = 0; i < rgb.length / 3; i++) {
      int pixel = image.getRGB(i % image.getWidth(), i / image.getWidth());
      rgb[3 * i] = (byte) (pixel >> 16);
      rgb[3 * i + 1] = (byte) (pixel >> 8);
      rgb[3 * i + 2] = (byte) pixel;
    }
    return new RgbImage(image.getWidth(), image.getHeight(), rgb);
  }
}
