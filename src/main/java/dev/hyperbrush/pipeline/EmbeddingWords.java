package dev.hyperbrush.pipeline;

import dev.hyperbrush.checkpoint.TextualInversion;
import dev.hyperbrush.generation.Phrase;
import dev.hyperbrush.generation.ReasonCode;
import dev.hyperbrush.tensor.Tensor;
import dev.hyperbrush.tokenizer.AddedWords;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * The textual inversions that fit a model, as words with ids below 0: {@code -1 - row} of all their
 * vectors in a row. Those that do not fit stay plain words, with a notice where somebody writes
 * them.
 *
 * <p>Immutable.
 */
final class EmbeddingWords {
  static final EmbeddingWords NONE = new EmbeddingWords(List.of(), List.of());

  private final AddedWords words;
  private final AddedWords leftWords;
  private final Map<String, Phrase> leftWhy = new HashMap<>();

  /** The inversion and the row in it, for each id. */
  private final List<Row> rows = new ArrayList<>();

  private record Row(TextualInversion inversion, int index) {}

  /**
   * Sorts out which fit.
   *
   * @param sizes of a token's embedding in each of the model's text encoders, 0 where one takes no
   *     vectors
   */
  EmbeddingWords(Collection<EmbeddingFolder.Entry> entries, List<Integer> sizes) {
    Map<String, int[]> ids = new LinkedHashMap<>();
    for (EmbeddingFolder.Entry entry : entries) {
      entry.refused().ifPresent(why -> leftWhy.put(entry.name(), why));
      entry
          .inversion()
          .filter(inversion -> !inversion.sizes().equals(sizes))
          .ifPresent(other -> leftWhy.put(entry.name(), misfit(entry.name(), other, sizes)));
      entry
          .inversion()
          .filter(inversion -> inversion.sizes().equals(sizes))
          .ifPresent(inversion -> ids.put(entry.name(), idsOf(inversion)));
    }
    leftWhy.keySet().removeAll(ids.keySet());
    words = new AddedWords(ids);
    Map<String, int[]> left = new HashMap<>();
    leftWhy.keySet().forEach(name -> left.put(name, new int[0]));
    leftWords = new AddedWords(left);
  }

  private static Phrase misfit(String name, TextualInversion inversion, List<Integer> sizes) {
    return sizes.contains(0)
        ? Phrase.of(ReasonCode.EMBEDDING_NOT_WITH_ONNX, name)
        : Phrase.of(ReasonCode.EMBEDDING_OTHER_BASE, name, inversion.base());
  }

  private int[] idsOf(TextualInversion inversion) {
    int[] ids = new int[inversion.slots()];
    for (int i = 0; i < ids.length; i++) {
      ids[i] = -1 - rows.size();
      rows.add(new Row(inversion, i));
    }
    return ids;
  }

  AddedWords words() {
    return words;
  }

  /** Why words of a prompt that are names of files are plain ones. */
  List<Phrase> notices(String prompt) {
    return leftWords.in(prompt).stream().map(leftWhy::get).filter(Objects::nonNull).toList();
  }

  /**
   * The vectors that a prompt needs, and its ids with those below 0 counted anew to match.
   *
   * @param ids some below 0
   * @param encoder index of the text encoder
   */
  Picked pick(int[] ids, int encoder) {
    List<Row> needed = new ArrayList<>();
    int[] changed = ids.clone();
    for (int i = 0; i < ids.length; i++) {
      if (ids[i] < 0) {
        changed[i] = -1 - needed.size();
        needed.add(rows.get(-1 - ids[i]));
      }
    }
    return new Picked(changed, vectors(needed, encoder));
  }

  /** Ids and vectors of one prompt for one text encoder. */
  @SuppressWarnings("ArrayRecordComponent") // goes to a tensor, never compared
  record Picked(int[] ids, Tensor vectors) {}

  private static Tensor vectors(List<Row> rows, int encoder) {
    if (rows.isEmpty()) {
      throw new IllegalArgumentException("nothing was added");
    }
    int size = rows.getFirst().inversion().sizes().get(encoder);
    Tensor vectors = Tensor.zeros(rows.size(), size);
    for (int i = 0; i < rows.size(); i++) {
      float[] source = rows.get(i).inversion().vectors().get(encoder).data();
      System.arraycopy(source, rows.get(i).index() * size, vectors.data(), i * size, size);
    }
    return vectors;
  }
}
