package dev.hyperbrush.policy;

import static java.util.Comparator.comparing;

import dev.hyperbrush.policy.Setting.Use;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What settings come to where several scopes say something. Immutable.
 *
 * <p>The narrowest scope decides; of limits too, except that nobody exceeds those of whoever runs
 * the program. A moderator can so allow a role or a channel more than the rest of the server.
 *
 * <p>Of somebody's several roles, the one with the largest {@code priority} decides defaults, then
 * the one with the largest {@code weight}, then that with the last id; limits are those of the most
 * generous role.
 */
public final class Resolution {
  private static final Comparator<Layer> BY_RANK =
      comparing((Layer role) -> role.values().get(Settings.PRIORITY).orElse(0L))
          .thenComparing(role -> role.values().get(Settings.WEIGHT).orElse(1.0))
          .thenComparing(role -> role.scope().id());

  /** From the narrowest to the widest. */
  private final List<Layer> layers;

  /**
   * A resolution.
   *
   * @param layers from the widest to the narrowest; those of roles stand together, in any order
   */
  public Resolution(List<Layer> layers) {
    List<Layer> roles = layers.stream().filter(Resolution::isRole).sorted(BY_RANK).toList();
    List<Layer> ordered = new ArrayList<>();
    for (Layer layer : layers) {
      if (!isRole(layer)) {
        ordered.add(layer);
      } else if (!ordered.containsAll(roles)) {
        ordered.addAll(roles);
      }
    }
    this.layers = ordered.reversed();
  }

  private static boolean isRole(Layer layer) {
    return layer.scope().kind() == ScopeKind.ROLE;
  }

  /** Every value there is, that of the narrowest scope first. */
  public <T> List<Found<T>> all(Setting<T> setting) {
    return layers.stream()
        .filter(layer ->
            setting.isFor(layer.scope().kind()) || layer.scope().kind() == ScopeKind.OPERATOR)
        .flatMap(layer ->
            layer.values().get(setting).map(value -> new Found<>(value, layer.scope())).stream())
        .toList();
  }

  /** The value of the narrowest scope that has one. */
  public <T> Optional<Found<T>> first(Setting<T> setting) {
    return all(setting).stream().findFirst();
  }

  /** What a setting comes to, whatever its use. */
  @SuppressWarnings("unchecked") // a list of names is what every setting of that use has
  public <T> Optional<Found<T>> decided(Setting<T> setting) {
    return switch (setting.use()) {
      case MOST, LEAST -> limit(setting);
      case OF_ROLE -> generous(setting, deciding(all(setting)));
      case ALLOWED -> allowed((Setting<List<String>>) setting).map(found -> (Found<T>) found);
      case DEFAULT, STYLE, OF_PRESET -> first(setting);
    };
  }

  /** The limit that holds. */
  public <T> Optional<Found<T>> limit(Setting<T> setting) {
    List<Found<T>> all = all(setting);
    Optional<Found<T>> decided = deciding(all).stream().reduce((a, b) -> generous(setting, a, b));
    for (Found<T> operators : all) {
      if (operators.scope().kind().isOperators()
          && setting.exceeds(decided.orElseThrow().value(), operators.value())) {
        decided = Optional.of(operators);
      }
    }
    return decided;
  }

  /** The names that are allowed; empty where all are. */
  public Optional<Found<List<String>>> allowed(Setting<List<String>> setting) {
    List<Found<List<String>>> all = all(setting);
    if (all.isEmpty()) {
      return Optional.empty();
    }
    List<Found<List<String>>> deciding = deciding(all);
    Set<String> names = new LinkedHashSet<>();
    deciding.forEach(found -> names.addAll(found.value()));
    Found<List<String>> decided = new Found<>(List.copyOf(names), deciding.getFirst().scope());
    for (Found<List<String>> found : all) {
      decided = found.scope().kind().isOperators() ? within(decided, found) : decided;
    }
    return Optional.of(decided);
  }

  /** What both allow; where that is nothing, what whoever runs the program allows. */
  private static Found<List<String>> within(
      Found<List<String>> decided, Found<List<String>> operators) {
    List<String> both = decided.value().stream().filter(operators.value()::contains).toList();
    return both.isEmpty() ? operators : new Found<>(both, decided.scope());
  }

  /** Those of the narrowest kind of scope: all roles, or else one. */
  private static <T> List<Found<T>> deciding(List<Found<T>> all) {
    return all.stream()
        .filter(found -> found.scope().kind() == all.getFirst().scope().kind())
        .toList();
  }

  private static <T> Optional<Found<T>> generous(Setting<T> setting, List<Found<T>> all) {
    return all.stream().reduce((a, b) -> generous(setting, a, b));
  }

  private static <T> Found<T> generous(Setting<T> setting, Found<T> a, Found<T> b) {
    return setting.exceeds(b.value(), a.value()) ? b : a;
  }

  /** What takes effect: of a style the words of the place and those of the person. */
  public <T> List<Found<T>> effective(Setting<T> setting) {
    if (setting.use() != Use.STYLE) {
      return decided(setting).stream().toList();
    }
    List<Found<T>> all = all(setting);
    Stream<Found<T>> house = all.stream().filter(found -> isBelow(found, ScopeKind.PERSON));
    Stream<Found<T>> own = all.stream().filter(found -> found.scope().kind() == ScopeKind.PERSON);
    return Stream.concat(house.limit(1), own).toList();
  }

  private static boolean isBelow(Found<?> found, ScopeKind kind) {
    return found.scope().kind().compareTo(kind) < 0;
  }

  /** How much the person may ask for. */
  public Allowances allowances() {
    return new Allowances(
        decided(Settings.WEIGHT).orElseThrow().value(),
        Math.toIntExact(limit(Settings.MAX_WAITING).orElseThrow().value()),
        limit(Settings.DAILY)
            .map(found -> OptionalLong.of(found.value()))
            .orElse(OptionalLong.empty()),
        Math.toIntExact(limit(Settings.BURST).orElseThrow().value()),
        Duration.ofMillis(Math.round(limit(Settings.REFILL).orElseThrow().value() * 1000)));
  }

  /** The words that a place adds, and inside of them those that a person adds to their own. */
  List<String> style(Setting<String> setting) {
    return effective(setting).stream().map(Found::value).toList();
  }
}
