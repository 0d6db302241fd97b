package dev.hyperbrush.policy;

import dev.hyperbrush.generation.Nearest;
import dev.hyperbrush.generation.ReasonCode;
import dev.hyperbrush.generation.Refusal;
import dev.hyperbrush.generation.Shown;
import dev.hyperbrush.policy.ContentRule.Bounds;
import dev.hyperbrush.policy.ContentRule.Effect;
import dev.hyperbrush.policy.ContentRule.Exceptions;
import dev.hyperbrush.policy.ContentRule.Term;
import dev.hyperbrush.store.Realm;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * A rule as texts by name, the same names as the flags of {@code /policy add}: what people type,
 * what files hold and what the database keeps.
 */
public final class RuleFields {
  public static final String ACTION = "action";
  public static final String WITH = "with";
  public static final String IN = "in";
  public static final String MATCH = "match";
  public static final String REASON = "reason";
  public static final String CHANNEL = "channel";
  public static final String ROLE = "role";
  public static final String EXCEPT_CHANNEL = "except-channel";
  public static final String EXCEPT_ROLE = "except-role";
  public static final String EXCEPT_PERSON = "except-person";

  private static final List<String> NAMES =
      List.of(
          name(RuleKind.WORD),
          name(RuleKind.PHRASE),
          name(RuleKind.REGEX),
          ACTION,
          WITH,
          IN,
          MATCH,
          REASON,
          CHANNEL,
          ROLE,
          EXCEPT_CHANNEL,
          EXCEPT_ROLE,
          EXCEPT_PERSON);

  /** How the value of an enum is written. */
  public static String name(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT);
  }

  public static <E extends Enum<E>> List<String> names(Class<E> type) {
    return Arrays.stream(type.getEnumConstants()).map(RuleFields::name).toList();
  }

  /** What differs from a plain rule, in the order to show it. */
  public static Map<String, String> write(ContentRule rule) {
    Map<String, String> fields = new LinkedHashMap<>();
    Term term = rule.term();
    fields.put(name(term.kind()), term.pattern());
    fields.put(ACTION, name(rule.effect().action()));
    put(fields, WITH, rule.effect().replacement());
    if (term.part() != RulePart.PROMPT) {
      fields.put(IN, name(term.part()));
    }
    if (term.reading() != RuleReading.LOOSE) {
      fields.put(MATCH, name(term.reading()));
    }
    put(fields, REASON, rule.effect().reason());
    put(fields, CHANNEL, rule.bounds().channel().orElse(""));
    put(fields, ROLE, rule.bounds().role().orElse(""));
    Exceptions except = rule.bounds().exceptions();
    put(fields, EXCEPT_CHANNEL, joined(except.channels()));
    put(fields, EXCEPT_ROLE, joined(except.roles()));
    put(fields, EXCEPT_PERSON, joined(except.people()));
    return fields;
  }

  private static void put(Map<String, String> fields, String name, String value) {
    if (!value.isEmpty()) {
      fields.put(name, value);
    }
  }

  private static String joined(Set<String> ids) {
    return String.join(",", new TreeSet<>(ids));
  }

  /**
   * The rule that texts describe. What it looks for is not looked at yet: see {@link RuleCheck}.
   *
   * @throws Refusal naming the field that is missing, unknown or cannot be read, and what can
   */
  public static ContentRule read(Realm realm, Map<String, String> fields) {
    for (String name : fields.keySet()) {
      if (!NAMES.contains(name)) {
        throw new Refusal(
            ReasonCode.RULE_FIELD_UNKNOWN, Shown.brief(name), Nearest.first(name, NAMES));
      }
    }
    RuleKind kind = kind(fields);
    return new ContentRule(
        0,
        new Bounds(
            realm,
            Optional.ofNullable(fields.get(CHANNEL)),
            Optional.ofNullable(fields.get(ROLE)),
            new Exceptions(
                ids(fields, EXCEPT_CHANNEL), ids(fields, EXCEPT_ROLE), ids(fields, EXCEPT_PERSON))),
        new Term(
            kind,
            fields.getOrDefault(name(kind), "").strip(),
            read(fields, MATCH, RuleReading.LOOSE),
            read(fields, IN, RulePart.PROMPT)),
        new Effect(
            read(fields, ACTION, RuleAction.BLOCK),
            fields.getOrDefault(WITH, "").strip(),
            fields.getOrDefault(REASON, "").strip()));
  }

  private static RuleKind kind(Map<String, String> fields) {
    List<RuleKind> given =
        Arrays.stream(RuleKind.values()).filter(kind -> fields.containsKey(name(kind))).toList();
    if (given.size() != 1) {
      throw new Refusal(ReasonCode.RULE_KIND_NEEDED);
    }
    return given.getFirst();
  }

  private static <E extends Enum<E>> E read(Map<String, String> fields, String name, E usual) {
    String value = fields.getOrDefault(name, name(usual)).strip();
    return Arrays.stream(usual.getDeclaringClass().getEnumConstants())
        .filter(one -> one.name().equalsIgnoreCase(value))
        .findFirst()
        .orElseThrow(() ->
            new Refusal(
                ReasonCode.FLAG_VALUE,
                name,
                Shown.brief(value),
                String.join(", ", names(usual.getDeclaringClass()))));
  }

  private static Set<String> ids(Map<String, String> fields, String name) {
    return Arrays.stream(fields.getOrDefault(name, "").split(",", -1))
        .map(String::strip)
        .filter(id -> !id.isEmpty())
        .collect(Collectors.toSet());
  }

  private RuleFields() {}
}
