package dev.hyperbrush.semantic;

import java.util.Optional;

/**
 * What the oracle sees in a picture.
 *
 * @param background its colour
 * @param object empty when there is nothing but background
 */
record Sight(Colour background, Optional<Thing> object) {
  /**
   * An object.
   *
   * @param rgb its typical colour
   * @param hollow share of its middle that shows the background, 0 to 1
   */
  record Thing(
      Figure figure, Colour colour, Rgb rgb, Scene.Size size, Scene.Place place, double hollow) {}
}
