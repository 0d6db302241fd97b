package dev.hyperbrush.policy;

import dev.hyperbrush.generation.Phrase;
import dev.hyperbrush.generation.ReasonCode;
import dev.hyperbrush.generation.Shown;
import java.util.ArrayList;
import java.util.List;

/** What a person is told about a wish that did not come true as it was. Owned by one call. */
final class Notices {
  private final List<Phrase> all = new ArrayList<>();

  void add(ReasonCode code, Object... args) {
    all.add(Phrase.of(code, args));
  }

  void addAll(List<Phrase> more) {
    all.addAll(more);
  }

  List<Phrase> all() {
    return all;
  }

  /**
   * A limit changed something.
   *
   * @param limit which scope decided, and what the limit is
   */
  void limited(String name, Object wanted, Object got, Found<Long> limit) {
    ReasonCode code =
        switch (limit.scope().kind()) {
          case SERVER -> ReasonCode.LIMITED_BY_SERVER;
          case CHANNEL -> ReasonCode.LIMITED_BY_CHANNEL;
          case ROLE -> ReasonCode.LIMITED_BY_ROLE;
          default -> ReasonCode.LIMITED_BY_OPERATOR;
        };
    add(code, name, wanted, got, limit.value());
  }

  /** Something that was set once is not possible any more, or not here. */
  void passedOver(String name, String value, Scope scope) {
    if (scope.kind() == ScopeKind.PRESET) {
      add(ReasonCode.PRESET_PART_LEFT_OUT, name, Shown.brief(value), scope.id());
    } else {
      add(ReasonCode.DEFAULT_LEFT_OUT, name, Shown.brief(value), remedy(name, scope));
    }
  }

  private static String remedy(String name, Scope scope) {
    return switch (scope.kind()) {
      case PERSON -> "/defaults me --unset " + name;
      case CHANNEL -> "/defaults unset " + name + " --channel";
      case ROLE -> "/defaults unset " + name + " --role " + scope.id();
      case EVERYWHERE -> "/defaults unset " + name + " --everywhere";
      default -> "/defaults unset " + name;
    };
  }
}
