package dev.hyperbrush.policy;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What is set in one scope. Immutable. */
public final class SettingValues {
  public static final SettingValues NONE = new SettingValues(Map.of());

  private final Map<Setting<?>, Object> values;

  private SettingValues(Map<Setting<?>, Object> values) {
    this.values = values;
  }

  public static Builder builder() {
    return new Builder();
  }

  /** Stored texts by name; what another version wrote that is none here is passed over. */
  public static SettingValues read(Map<String, String> stored) {
    Builder values = builder();
    for (Setting<?> setting : Settings.ALL) {
      Optional.ofNullable(stored.get(setting.name())).ifPresent(text -> values.read(setting, text));
    }
    return values.build();
  }

  /** The texts that {@link #read} reads. */
  public Map<String, String> write() {
    Map<String, String> texts = new LinkedHashMap<>();
    values.keySet().forEach(setting -> texts.put(setting.name(), text(setting)));
    return texts;
  }

  private <T> String text(Setting<T> setting) {
    return setting.kind().write(get(setting).orElseThrow());
  }

  /** A value as people read it. */
  public <T> Optional<String> shown(Setting<T> setting) {
    return get(setting).map(setting.kind()::shown);
  }

  @SuppressWarnings("unchecked") // the builder takes a value of the setting's type
  public <T> Optional<T> get(Setting<T> setting) {
    return Optional.ofNullable((T) values.get(setting));
  }

  /**
   * These as they are used.
   *
   * @param operators the limits of whoever runs the program, whom nobody exceeds
   * @throws dev.hyperbrush.generation.Refusal when one of them is not possible
   */
  public SettingValues checked(Choices choices, Resolution operators) {
    Builder checked = builder();
    values.keySet().forEach(setting -> check(setting, choices, operators, checked));
    return checked.build();
  }

  private <T> void check(
      Setting<T> setting, Choices choices, Resolution operators, Builder checked) {
    T value = get(setting).orElseThrow();
    checked.put(setting, setting.checked(value, choices, operators.decided(setting)));
  }

  /** Without one setting. */
  public SettingValues without(Setting<?> setting) {
    Builder rest = builder().putAll(this);
    rest.values.remove(setting);
    return rest.build();
  }

  /** In the order declared. */
  public Set<Setting<?>> settings() {
    return values.keySet();
  }

  public boolean isEmpty() {
    return values.isEmpty();
  }

  /** Owned by one thread. */
  public static final class Builder {
    private final Map<Setting<?>, Object> values = new LinkedHashMap<>();

    private Builder() {}

    public <T> Builder put(Setting<T> setting, T value) {
      values.put(setting, value);
      return this;
    }

    public <T> Builder put(Setting<T> setting, Optional<? extends T> value) {
      value.ifPresent(one -> values.put(setting, one));
      return this;
    }

    public Builder putAll(SettingValues more) {
      values.putAll(more.values);
      return this;
    }

    private <T> void read(Setting<T> setting, String text) {
      put(setting, setting.kind().read(text));
    }

    public SettingValues build() {
      Map<Setting<?>, Object> ordered = new LinkedHashMap<>();
      for (Setting<?> setting : Settings.ALL) {
        Optional.ofNullable(values.get(setting)).ifPresent(value -> ordered.put(setting, value));
      }
      return new SettingValues(ordered);
    }
  }
}
