package dev.hyperbrush.synthetic;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A vocabulary of CLIP's form: the 256 symbols of bytes, the same at the end of a word, pairs of
 * symbols that become one, and the two marks of beginning and end. Which pairs these are is made
 * up, so it reads no prompt as CLIP does; what it costs is the same.
 *
 * <p>Immutable.
 *
 * @param size number of symbols
 */
record MadeUpVocabulary(int size) {
  private static final String WORD_END = "</w>";
  private static final String LETTERS = "abcdefghijklmnopqrstuvwxyz";
  private static final int MARKS = 2;

  void write(Path folder) throws IOException {
    List<String> symbols = new ArrayList<>();
    bytes().forEach(symbols::add);
    bytes().forEach(symbol -> symbols.add(symbol + WORD_END));
    List<String> merges = merges(size - MARKS - symbols.size());
    merges.forEach(pair -> symbols.add(pair.replace(" ", "")));
    symbols.add("<|startoftext|>");
    symbols.add("<|endoftext|>");
    ObjectNode ids = new JsonMapper().createObjectNode();
    for (int i = 0; i < symbols.size(); i++) {
      ids.put(symbols.get(i), i);
    }
    Files.createDirectories(folder);
    Files.writeString(folder.resolve("vocab.json"), ids.toString());
    Files.writeString(
        folder.resolve("merges.txt"), "#version: 0.2\n" + String.join("\n", merges) + "\n");
  }

  /**
   * GPT-2's alphabet of bytes: those that print stand for themselves, the others from U+0100 on.
   */
  private static List<String> bytes() {
    List<String> printing = new ArrayList<>();
    List<String> others = new ArrayList<>();
    for (int b = 0; b < 256; b++) {
      boolean prints = (b > ' ' && b < 0x7F) || (b > 0xA0 && b != 0xAD);
      if (prints) {
        printing.add(Character.toString(b));
      } else {
        others.add(Character.toString(0x100 + others.size()));
      }
    }
    printing.addAll(others);
    return printing;
  }

  /** All words of two letters, then of three, and so on, each as it grows by its last letter. */
  private static List<String> merges(int count) {
    List<String> merges = new ArrayList<>();
    List<String> words = letters();
    while (merges.size() < count) {
      List<String> longer = new ArrayList<>();
      for (String word : words) {
        for (String letter : letters()) {
          merges.add(word + " " + letter);
          merges.add(word + " " + letter + WORD_END);
          longer.add(word + letter);
        }
      }
      words = longer;
    }
    return merges.subList(0, Math.max(0, count));
  }

  private static List<String> letters() {
    return LETTERS.chars().mapToObj(Character::toString).toList();
  }
}
