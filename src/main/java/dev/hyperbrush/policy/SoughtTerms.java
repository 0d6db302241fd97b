package dev.hyperbrush.policy;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.ahocorasick.trie.PayloadTrie;
import org.ahocorasick.trie.PayloadTrie.PayloadTrieBuilder;

/** Many words and phrases, all found in one pass over a text (Aho and Corasick 1975). Immutable. */
final class SoughtTerms {
  private final Optional<PayloadTrie<List<SoughtTerm>>> trie;

  private SoughtTerms(Optional<PayloadTrie<List<SoughtTerm>>> trie) {
    this.trie = trie;
  }

  static SoughtTerms of(List<ContentRule> rules) {
    Map<String, List<SoughtTerm>> byLetters = new LinkedHashMap<>();
    for (ContentRule rule : rules) {
      for (FoldedText folded : FoldedText.readings(rule.term().pattern(), false)) {
        byLetters
            .computeIfAbsent(folded.letters(), _ -> new ArrayList<>())
            .add(new SoughtTerm(rule, folded));
      }
    }
    byLetters.remove("");
    if (byLetters.isEmpty()) {
      return new SoughtTerms(Optional.empty());
    }
    PayloadTrieBuilder<List<SoughtTerm>> trie = PayloadTrie.builder();
    byLetters.forEach((letters, terms) -> trie.addKeyword(letters, List.copyOf(terms)));
    return new SoughtTerms(Optional.of(trie.build()));
  }

  /** Tells of every place where a rule has its words. */
  void find(FoldedText text, Found found) {
    trie.ifPresent(all ->
        all.parseText(
            text.letters(),
            hit -> {
              boolean any = false;
              for (SoughtTerm term : hit.getPayload()) {
                if (term.isAt(text, hit.getStart())) {
                  found.at(term.rule(), text.span(hit.getStart(), hit.getEnd() + 1));
                  any = true;
                }
              }
              return any;
            }));
  }

  /** Is told where a rule found something in the text as it was written. */
  interface Found {
    void at(ContentRule rule, Span place);
  }
}
