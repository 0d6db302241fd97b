package dev.hyperbrush.command;

import dev.hyperbrush.policy.Choices;
import dev.hyperbrush.policy.Library;
import dev.hyperbrush.policy.Setting;
import dev.hyperbrush.policy.SettingKind;
import dev.hyperbrush.policy.SettingValues;
import dev.hyperbrush.policy.SizeWish;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/** The options that stand for settings, and what was said with them. Immutable. */
final class SettingFlags {
  private final List<Flag<?>> flags = new ArrayList<>();

  /**
   * A flag for each setting.
   *
   * @param read what the arguments say of it
   */
  private record Flag<T>(
      Setting<T> setting, Option<?> option, Function<Arguments, Optional<T>> read) {
    void read(Arguments arguments, SettingValues.Builder values) {
      values.put(setting, read.apply(arguments));
    }
  }

  SettingFlags(Choices choices, List<Setting<?>> settings) {
    settings.forEach(setting -> flags.add(flag(choices, setting)));
  }

  List<Option<?>> options() {
    return flags.stream().<Option<?>>map(Flag::option).toList();
  }

  SettingValues values(Arguments arguments) {
    SettingValues.Builder values = SettingValues.builder();
    flags.forEach(flag -> flag.read(arguments, values));
    return values.build();
  }

  @SuppressWarnings("unchecked") // each kind of setting is read to the type of its values
  private static <T> Flag<T> flag(Choices choices, Setting<T> setting) {
    Flag<?> flag =
        switch (setting.kind()) {
          case SettingKind.Whole range ->
              plain((Setting<Long>) setting, new Kind.Whole(range.min(), range.max()));
          case SettingKind.Decimal range ->
              plain((Setting<Double>) setting, new Kind.Decimal(range.min(), range.max()));
          case SettingKind.Text _ -> plain((Setting<String>) setting, new Kind.Text());
          case SettingKind.OnOff _ -> plain((Setting<Boolean>) setting, new Kind.OnOff());
          case SettingKind.Shape _ -> shape((Setting<SizeWish>) setting);
          case SettingKind.OneOf one ->
              plain((Setting<String>) setting, names(choices, one.library()));
          case SettingKind.SomeOf some ->
              several((Setting<List<String>>) setting, names(choices, some.library()));
          case SettingKind.Loras _ ->
              throw new IllegalArgumentException(setting.name() + " is only part of a preset");
        };
    return (Flag<T>) flag;
  }

  private static <T> Flag<T> plain(Setting<T> setting, Kind<T> kind) {
    Option<T> option = Option.of(setting.name(), kind, setting.example());
    return new Flag<>(setting, option, arguments -> arguments.get(option));
  }

  private static Flag<SizeWish> shape(Setting<SizeWish> setting) {
    Option<SizeWish> option =
        Option.of(setting.name(), new Kind.Shape(), setting.example()).alias("ar", "aspect");
    return new Flag<>(setting, option, arguments -> arguments.get(option));
  }

  /** Repeated, or with commas between. */
  private static Flag<List<String>> several(Setting<List<String>> setting, Kind<String> kind) {
    Option<String> option = Option.of(setting.name(), kind, setting.example()).asRepeatable();
    return new Flag<>(
        setting,
        option,
        arguments ->
            Optional.of(
                    arguments.all(option).stream()
                        .flatMap(names -> Stream.of(names.split(",")))
                        .map(String::strip)
                        .filter(name -> !name.isEmpty())
                        .toList())
                .filter(names -> !names.isEmpty()));
  }

  private static Kind<String> names(Choices choices, Library library) {
    return new Kind.Name(() -> library.names(choices), name -> library.knows(choices, name));
  }
}
