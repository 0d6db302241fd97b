package dev.hyperbrush.policy;

import dev.hyperbrush.generation.ReasonCode;
import dev.hyperbrush.generation.Refusal;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/**
 * Something that can be set in scopes; {@link Settings} declares all. Its description is the text
 * {@code option.NAME}. Immutable.
 *
 * @param name what people type, as in {@code --name}
 * @param use how values of several scopes come together
 * @param example a value for help and error messages
 */
public record Setting<T>(String name, Use use, SettingKind<T> kind, String example) {
  private static final Set<ScopeKind> MODERATED =
      EnumSet.of(ScopeKind.EVERYWHERE, ScopeKind.SERVER, ScopeKind.CHANNEL, ScopeKind.ROLE);

  /** How values of several scopes come together. */
  public enum Use {
    /** For whoever asks for nothing else: the narrowest scope decides. */
    DEFAULT,
    /**
     * Words around the person's own: the narrowest of the moderated scopes decides, and what people
     * set for themselves comes between it and the prompt.
     */
    STYLE,
    /**
     * No more than this: the narrowest scope that says something decides, except that nobody
     * exceeds what whoever runs the program says. Of several roles the most generous counts.
     */
    MOST,
    /** No less than this; else as {@link #MOST}. */
    LEAST,
    /** Nothing but these; else as {@link #MOST}, several roles allowing what any of them allows. */
    ALLOWED,
    /** What a role is worth: of several the largest counts. */
    OF_ROLE,
    /** Only part of a preset. */
    OF_PRESET
  }

  /** Whether it limits what may be asked for, rather than being what one gets unasked. */
  public boolean limits() {
    return use != Use.DEFAULT && use != Use.STYLE && use != Use.OF_PRESET;
  }

  /** Whether it can be set there. */
  public boolean isFor(ScopeKind scope) {
    return switch (use) {
      case DEFAULT, STYLE ->
          MODERATED.contains(scope) || scope == ScopeKind.PERSON || isInRequest(scope);
      case MOST, LEAST, ALLOWED -> MODERATED.contains(scope);
      case OF_ROLE -> scope == ScopeKind.ROLE;
      case OF_PRESET -> isInRequest(scope);
    };
  }

  private static boolean isInRequest(ScopeKind scope) {
    return scope == ScopeKind.PRESET || scope == ScopeKind.COMMAND;
  }

  /**
   * Whether a value of a limit allows more than another one.
   *
   * @throws IllegalStateException for what is no limit of numbers
   */
  boolean exceeds(T value, T limit) {
    int order = Double.compare(number(value), number(limit));
    return switch (use) {
      case MOST, OF_ROLE -> order > 0;
      case LEAST -> order < 0;
      default -> throw new IllegalStateException(name + " is no limit of numbers");
    };
  }

  private double number(T value) {
    return ((Number) value).doubleValue();
  }

  /** A stored value as people read it. */
  public String shown(String stored) {
    return kind.read(stored).map(kind::shown).orElse(stored);
  }

  /** A value, refused where it is above what whoever runs the program allows. */
  T checked(T value, Choices choices, Optional<Found<T>> operators) {
    T checked = kind.check(value, choices);
    boolean numeric = use == Use.MOST || use == Use.LEAST;
    if (numeric && operators.isPresent() && exceeds(checked, operators.get().value())) {
      throw new Refusal(
          ReasonCode.LIMIT_ABOVE_OPERATOR,
          name,
          kind.shown(checked),
          kind.shown(operators.get().value()));
    }
    return checked;
  }
}
