package dev.hyperbrush.command;

import dev.hyperbrush.chat.ActionId;
import dev.hyperbrush.chat.Button;
import dev.hyperbrush.chat.Card;
import dev.hyperbrush.chat.Reply;
import dev.hyperbrush.chat.Texts;
import dev.hyperbrush.generation.ReasonCode;
import dev.hyperbrush.generation.Refusal;
import dev.hyperbrush.policy.Permission;
import dev.hyperbrush.policy.Preset;
import dev.hyperbrush.policy.Presets;
import dev.hyperbrush.policy.Scope;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** How presets are named, and how they are shown. Thread-safe. */
final class PresetDesk {
  /** Means the server's preset where somebody has one of the same name. */
  private final Option<Boolean> shared = Option.of("shared", new Kind.Switch(), "");

  private static final Pattern NUMBER = Pattern.compile("#(\\d{1,18})");
  private static final String EXAMPLE = "moody";

  private final Presets presets;

  PresetDesk(Presets presets) {
    this.presets = presets;
  }

  Option<Boolean> sharedOption() {
    return shared;
  }

  /** The preset that a call names: by its name or, from a button, by its number. */
  Preset named(Call call, String typed) {
    Matcher number = NUMBER.matcher(typed);
    if (number.matches()) {
      return presets
          .find(Long.parseLong(number.group(1)), call.situation())
          .orElseThrow(() -> new Refusal(ReasonCode.PRESET_UNKNOWN, typed, "–"));
    }
    return call.arguments().get(shared).orElse(false)
        ? presets.shared(typed, call.situation())
        : presets.any(typed, call.situation());
  }

  /** The preset that the text of a call names. */
  Preset named(Usage usage, Call call) {
    return named(call, needed(usage, call.arguments().text()));
  }

  static String needed(Usage usage, String name) {
    if (name.isBlank()) {
      throw new Refusal(ReasonCode.PRESET_NAME_NEEDED, usage.name(), EXAMPLE);
    }
    return name;
  }

  /** Refuses to change what comes with the catalogue. */
  static Preset requireStored(Preset preset) {
    if (preset.ofCatalogue()) {
      throw new Refusal(ReasonCode.PRESET_OF_CATALOGUE, preset.name().shown());
    }
    return preset;
  }

  /** Refuses whoever neither made the preset nor keeps order on its server. */
  static Preset requireRight(Call call, Preset preset) {
    requireStored(preset);
    boolean author = preset.author() == call.personId();
    if (preset.shared() && !author && !call.situation().may(Permission.MODERATOR)) {
      throw new Refusal(ReasonCode.NOT_PERMITTED, call.invocation().verb() + " --shared");
    }
    return preset;
  }

  /** A sentence, and the preset that it is about. */
  static Reply reply(Call call, String text, Preset preset) {
    Card card = card(call, preset);
    return Reply.text(text + "\n" + content(preset)).withCards(List.of(card));
  }

  static Reply list(Call call, List<Preset> presets) {
    Locale locale = call.locale();
    if (presets.isEmpty()) {
      return Reply.text(Texts.get(locale, "preset.none"));
    }
    String lines =
        presets.stream()
            .map(preset -> title(locale, preset) + ": " + content(preset))
            .collect(Collectors.joining("\n"));
    return Reply.text(lines).withCards(presets.stream().map(preset -> card(call, preset)).toList());
  }

  /** Its title is the name alone, so that a surface can use it behind a flag. */
  private static Card card(Call call, Preset preset) {
    List<Card.Field> fields = new ArrayList<>(List.of(whose(call.locale(), preset)));
    fields.addAll(ScopeText.fields(preset.values()));
    return new Card(preset.name().shown(), fields, buttons(call, preset));
  }

  private static Card.Field whose(Locale locale, Preset preset) {
    String scope = place(locale, preset);
    return new Card.Field(
        Texts.get(locale, "preset.whose"),
        preset.offered() ? Texts.get(locale, "preset.waits", scope) : scope);
  }

  private static String title(Locale locale, Preset preset) {
    String key = preset.offered() ? "preset.offered" : "preset.of";
    return Texts.get(locale, key, preset.name().shown(), place(locale, preset));
  }

  private static String place(Locale locale, Preset preset) {
    return preset.ofCatalogue()
        ? Texts.get(locale, "preset.catalogue")
        : ScopeOptions.name(locale, preset.scope());
  }

  static String content(Preset preset) {
    String values =
        ScopeText.fields(preset.values()).stream()
            .map(field -> field.name() + " " + field.value())
            .collect(Collectors.joining(", "));
    return preset.title().isEmpty() ? values : preset.title() + ": " + values;
  }

  /** What whoever sees it may do with it. */
  private static List<Button> buttons(Call call, Preset preset) {
    if (preset.ofCatalogue()) {
      return List.of();
    }
    boolean moderator = call.situation().may(Permission.MODERATOR);
    boolean server = Presets.server(call.situation()).isPresent();
    boolean own = preset.scope().equals(Scope.person(call.personId()));
    List<String> verbs = new ArrayList<>();
    if (preset.offered() && moderator) {
      verbs.add("approve");
    }
    if (own && server) {
      verbs.add("share");
    }
    if (own || moderator || preset.author() == call.personId()) {
      verbs.add("delete");
    }
    return verbs.stream().map(verb -> button(call.locale(), verb, preset)).toList();
  }

  private static Button button(Locale locale, String verb, Preset preset) {
    return new Button(
        Texts.get(locale, "button." + verb), new ActionId("preset " + verb, preset.id(), 0));
  }
}
