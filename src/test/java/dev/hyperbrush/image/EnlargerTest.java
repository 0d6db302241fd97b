package dev.hyperbrush.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hyperbrush.generation.RgbImage;
import java.util.Arrays;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class EnlargerTest {
  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4})
  void oneColourStaysThatColour(int factor) {
    byte[] rgb = new byte[5 * 7 * 3];
    Arrays.fill(rgb, (byte) 200);

    RgbImage large = Enlarger.enlarge(new RgbImage(5, 7, rgb), factor);

    assertThat(large.width()).isEqualTo(5 * factor);
    assertThat(large.height()).isEqualTo(7 * factor);
    for (byte value : large.rgb()) {
      assertThat(value).isEqualTo((byte) 200);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 3, 4})
  void anEdgeIsSteepWithoutHaloAndStaysInTheMiddle(int factor) {
    RgbImage large = Enlarger.enlarge(edge(), factor);

    int[] row = new int[large.width()];
    Arrays.setAll(row, x -> large.channel(x, large.height() / 2, 1));
    assertThat(row).as("no halo, so only ever brighter").isSorted();
    int between = (int) Arrays.stream(row).filter(value -> value != 40 && value != 220).count();
    assertThat(between).as("as sharp as the small picture").isLessThanOrEqualTo(factor);
    for (int x = 0; x < row.length; x++) {
      assertThat(row[x] + row[row.length - 1 - x]).isCloseTo(260, within(1));
    }
  }

  @Test
  void rowsAndColumnsAreTreatedAlike() {
    RgbImage upright = Enlarger.enlarge(edge(), 4);
    RgbImage lying = Enlarger.enlarge(turned(edge()), 4);

    for (int y = 0; y < upright.height(); y++) {
      for (int x = 0; x < upright.width(); x++) {
        assertThat(lying.channel(y, x, 0)).isEqualTo(upright.channel(x, y, 0));
      }
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {-1, 0, 5})
  void otherFactorsAreRefused(int factor) {
    assertThatThrownBy(() -> Enlarger.enlarge(edge(), factor)).hasMessageContaining("" + factor);
  }

  private static Offset<Integer> within(int levels) {
    return Offset.offset(levels);
  }

  /** Dark on the left half, bright on the right. */
  private static RgbImage edge() {
    byte[] rgb = new byte[12 * 12 * 3];
    for (int i = 0; i < rgb.length; i++) {
      rgb[i] = (byte) (i / 3 % 12 < 6 ? 40 : 220);
    }
    return new RgbImage(12, 12, rgb);
  }

  private static RgbImage turned(RgbImage image) {
    byte[] rgb = new byte[image.rgb().length];
    for (int i = 0; i < rgb.length; i++) {
      int x = i / 3 % image.width();
      int y = i / 3 / image.width();
      rgb[i] = (byte) image.channel(y, x, i % 3);
    }
    return new RgbImage(/* width= */ image.height(), /* height= */ image.width(), rgb);
  }
}
