package dev.hyperbrush.vae;

import dev.hyperbrush.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * Sends a large tensor through a network in overlapping tiles, which takes as much memory as one
 * tile, and blends the overlaps linearly, as diffusers' {@code AutoencoderKL.tiled_decode} does.
 * Its tiles all have the same size, however: diffusers leaves a narrow rest at the end.
 *
 * <p>The network's group normalizations see one tile at a time, so that tiles come out with
 * slightly different colours and contrast; over the width of an overlap one passes into the other.
 *
 * <p>Immutable. Lengths are in latents.
 *
 * @param tile longest side of a tile
 * @param overlap of neighbours, at least
 * @param in values along a side of the input for each latent
 * @param out values along a side of the output for each latent
 * @param channels of the output
 */
record TiledPass(int tile, int overlap, int in, int out, int channels) {

  /**
   * The whole output.
   *
   * @param input {@code [1, any, in * height, in * width]}
   * @param network makes of such a tensor a new one, {@code [1, channels, out * height, out *
   *     width]}
   */
  Tensor run(Tensor input, UnaryOperator<Tensor> network) {
    TileSpan rows = TileSpan.over(input.dim(2) / in, tile, overlap);
    TileSpan columns = TileSpan.over(input.dim(3) / in, tile, overlap);
    Tensor whole = Tensor.zeros(1, channels, rows.size() * out, columns.size() * out);
    List<Tensor> above = List.of();
    for (int i = 0; i < rows.count(); i++) {
      List<Tensor> row = new ArrayList<>();
      for (int j = 0; j < columns.count(); j++) {
        Tensor tile = Tensor.zeros(1, input.dim(1), rows.length() * in, columns.length() * in);
        Planes.cut(input, rows.start(i) * in, columns.start(j) * in, tile);
        Tensor made = network.apply(tile);
        if (i > 0) {
          Planes.blendDown(above.get(j), made, rows.overlap(i) * out);
        }
        if (j > 0) {
          Planes.blendRight(row.get(j - 1), made, columns.overlap(j) * out);
        }
        Planes.paste(made, whole, rows.start(i) * out, columns.start(j) * out);
        row.add(made);
      }
      above = row;
    }
    return whole;
  }
}
