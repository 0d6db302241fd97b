package dev.hyperbrush.semantic;

import java.awt.Shape;
import java.awt.geom.Area;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Path2D;
import java.awt.geom.Rectangle2D;
import java.util.List;
import java.util.Locale;

/**
 * The shapes of the built-in model's world, each about as large as the unit circle, y downwards.
 */
enum Figure {
  CIRCLE(disc(0, 1), "disc"),
  SQUARE(new Rectangle2D.Double(-0.86, -0.86, 1.72, 1.72), "box"),
  TRIANGLE(polygon(0, -0.92, 1, 0.8, -1, 0.8), "pyramid"),
  STAR(star(), "star"),
  HEART(heart(), "heart"),
  RING(minus(disc(0, 1), disc(0, 0.52)), "hoop"),
  CROSS(cross(), "plus"),
  DIAMOND(polygon(0, -1.05, 0.72, 0, 0, 1.05, -0.72, 0), "rhombus"),
  HEXAGON(hexagon(), "hex"),
  CRESCENT(minus(disc(0.12, 1), disc(0.62, 0.82)), "moon");

  @SuppressWarnings("ImmutableEnumChecker") // Java's shapes can be changed, but nobody does
  private final Shape outline;

  private final String otherWord;

  Figure(Shape outline, String otherWord) {
    this.outline = outline;
    this.otherWord = otherWord;
  }

  Shape outline() {
    return outline;
  }

  Rectangle2D bounds() {
    return outline.getBounds2D();
  }

  List<String> words() {
    return List.of(name().toLowerCase(Locale.ROOT), otherWord);
  }

  private static Shape disc(double x, double radius) {
    return new Ellipse2D.Double(x - radius, -radius, 2 * radius, 2 * radius);
  }

  private static Shape minus(Shape whole, Shape part) {
    Area area = new Area(whole);
    area.subtract(new Area(part));
    return area;
  }

  private static Shape cross() {
    Area area = new Area(new Rectangle2D.Double(-0.33, -1, 0.66, 2));
    area.add(new Area(new Rectangle2D.Double(-1, -0.33, 2, 0.66)));
    return area;
  }

  private static Shape star() {
    double[] points = new double[20];
    for (int i = 0; i < 10; i++) {
      double radius = i % 2 == 0 ? 1.05 : 0.45;
      points[2 * i] = radius * Math.sin(Math.PI * i / 5);
      points[2 * i + 1] = -radius * Math.cos(Math.PI * i / 5);
    }
    return polygon(points);
  }

  private static Shape hexagon() {
    double[] points = new double[12];
    for (int i = 0; i < 6; i++) {
      points[2 * i] = Math.cos(Math.PI * i / 3);
      points[2 * i + 1] = Math.sin(Math.PI * i / 3);
    }
    return polygon(points);
  }

  private static Shape heart() {
    double[] points = new double[144];
    for (int i = 0; i < 72; i++) {
      double t = Math.PI * i / 36;
      double up = 13 * Math.cos(t) - 5 * Math.cos(2 * t) - 2 * Math.cos(3 * t) - Math.cos(4 * t);
      points[2 * i] = 16 * Math.pow(Math.sin(t), 3) / 16.5;
      points[2 * i + 1] = -(up + 2.5) / 15.5;
    }
    return polygon(points);
  }

  private static Shape polygon(double... points) {
    Path2D path = new Path2D.Double();
    path.moveTo(points[0], points[1]);
    for (int i = 2; i < points.length; i += 2) {
      path.lineTo(points[i], points[i + 1]);
    }
    path.closePath();
    return path;
  }
}
