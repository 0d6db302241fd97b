package dev.hyperbrush.semantic;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hyperbrush.generation.ImageSize;
import dev.hyperbrush.generation.RgbImage;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** An oracle is worth what it says about pictures whose content is known. */
final class PictureOracleTest {
  private static final ImageSize SQUARE = new ImageSize(128, 128);

  private final PictureOracle oracle = new PictureOracle();

  @Test
  void readsEveryIdealPicture() {
    for (Scene scene : everyFigureSizeAndPlace()) {
      assertSeen(scene, scene.draw(SQUARE));
    }
  }

  @Test
  void readsEveryPairOfColours() {
    for (Colour colour : Colour.values()) {
      for (Colour background : Colour.values()) {
        if (colour != background) {
          Scene scene =
              new Scene(Figure.HEART, colour, Scene.Size.MEDIUM, Scene.Place.CENTRE, background);
          assertSeen(scene, scene.draw(SQUARE));
        }
      }
    }
  }

  @Test
  void readsWideAndHighPictures() {
    for (Scene scene : Scene.varied(60)) {
      assertSeen(scene, scene.draw(new ImageSize(192, 128)));
      assertSeen(scene, scene.draw(new ImageSize(96, 160)));
    }
  }

  @Test
  void seesNothingInAPlainPicture() {
    RgbImage plain = new RgbImage(128, 128, new byte[128 * 128 * 3]);

    assertThat(oracle.look(plain)).isEqualTo(new Sight(Colour.BLACK, Optional.empty()));
  }

  @Test
  void variedScenesHoldEverythingThereIs() {
    List<Scene> scenes = Scene.varied(36);

    assertThat(new HashSet<>(scenes)).hasSize(36);
    assertThat(scenes).extracting(Scene::figure).contains(Figure.values());
    assertThat(scenes).extracting(Scene::colour).contains(Colour.values());
    assertThat(scenes).extracting(Scene::background).contains(Colour.values());
    assertThat(scenes).extracting(Scene::size).contains(Scene.Size.values());
    assertThat(scenes).extracting(Scene::place).contains(Scene.Place.values());
    assertThat(scenes).noneMatch(scene -> scene.colour() == scene.background());
  }

  private void assertSeen(Scene scene, RgbImage picture) {
    Sight sight = oracle.look(picture);
    assertThat(sight.background()).as(scene.prompt()).isEqualTo(scene.background());
    Sight.Thing thing = sight.object().orElseThrow();
    assertThat(
            new Scene(
                thing.figure(), thing.colour(), thing.size(), thing.place(), sight.background()))
        .isEqualTo(scene);
  }

  private static List<Scene> everyFigureSizeAndPlace() {
    List<Scene> scenes = new ArrayList<>();
    for (Figure figure : Figure.values()) {
      for (Scene.Size size : Scene.Size.values()) {
        for (Scene.Place place : Scene.Place.values()) {
          scenes.add(new Scene(figure, Colour.RED, size, place, Colour.WHITE));
        }
      }
    }
    return scenes;
  }
}
