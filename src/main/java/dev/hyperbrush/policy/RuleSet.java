package dev.hyperbrush.policy;

import dev.hyperbrush.generation.Refusal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The rules of one realm, compiled: the words are found in one pass. Immutable. */
final class RuleSet {
  private static final Logger log = LoggerFactory.getLogger(RuleSet.class);

  private final SoughtTerms terms;
  private final Map<ContentRule, Expression> expressions;
  private final boolean withLeet;
  private final int size;

  private RuleSet(
      SoughtTerms terms, Map<ContentRule, Expression> expressions, boolean withLeet, int size) {
    this.terms = terms;
    this.expressions = expressions;
    this.withLeet = withLeet;
    this.size = size;
  }

  static RuleSet compile(List<ContentRule> rules) {
    Map<ContentRule, Expression> expressions = new LinkedHashMap<>();
    List<ContentRule> words = new ArrayList<>();
    for (ContentRule rule : rules) {
      if (rule.term().kind() == RuleKind.REGEX) {
        add(rule, expressions);
      } else {
        words.add(rule);
      }
    }
    boolean leet = words.stream().anyMatch(rule -> rule.term().reading() == RuleReading.LEET);
    return new RuleSet(SoughtTerms.of(words), expressions, leet, rules.size());
  }

  /** One that another version accepted and this one does not must not stop all drawing. */
  private static void add(ContentRule rule, Map<ContentRule, Expression> expressions) {
    try {
      expressions.put(rule, Expression.compile(rule.term().pattern()));
    } catch (Refusal e) {
      log.warn("Rule {} cannot be used: {}", rule.id(), e.getMessage());
    }
  }

  int size() {
    return size;
  }

  /** What the rules that look into {@code part} find in it, each at least once. */
  List<Firing> find(PromptText text, RulePart part) {
    Map<ContentRule, Set<Span>> found = new LinkedHashMap<>();
    if (size == 0 || text.text().isEmpty()) {
      return List.of();
    }
    SoughtTerms.Found hits =
        (rule, place) -> {
          if (rule.term().part().includes(part)) {
            found.computeIfAbsent(rule, _ -> new LinkedHashSet<>()).add(place);
          }
        };
    text.readings(withLeet).forEach(reading -> terms.find(reading, hits));
    expressions.forEach((rule, expression) -> find(rule, expression, text, hits));
    return found.entrySet().stream()
        .map(hit -> firing(hit.getKey(), part, List.copyOf(hit.getValue()), text.text()))
        .toList();
  }

  private static Firing firing(ContentRule rule, RulePart part, List<Span> places, String text) {
    return new Firing(rule, part, places, places.getFirst().of(text));
  }

  /** In the text as it was written, and past the disguises of its letters. */
  private static void find(
      ContentRule rule, Expression expression, PromptText text, SoughtTerms.Found hits) {
    find(rule, expression, text.clean(), hits);
    if (rule.term().reading() == RuleReading.EXACT) {
      return;
    }
    for (FoldedText reading : text.readings(false)) {
      if (!reading.whole().text().equalsIgnoreCase(text.clean().text())) {
        find(rule, expression, reading.whole(), hits);
      }
    }
  }

  private static void find(
      ContentRule rule, Expression expression, MappedText text, SoughtTerms.Found hits) {
    expression
        .find(text.text())
        .forEach(span -> hits.at(rule, text.source(span.begin(), span.end())));
  }
}
