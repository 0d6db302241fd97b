package dev.hyperbrush.command;

import dev.hyperbrush.chat.ActionId;
import dev.hyperbrush.chat.Button;
import dev.hyperbrush.chat.Reply;
import dev.hyperbrush.chat.Texts;
import dev.hyperbrush.generation.ReasonCode;
import dev.hyperbrush.generation.Refusal;
import dev.hyperbrush.generation.Shown;
import dev.hyperbrush.store.PersonDao;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** {@code /language}: in which language one is answered, everywhere. Thread-safe. */
final class LanguageCommand implements Verb {
  private static final String NAME = "language";

  /** The button that lists the languages. */
  static final ActionId ASK = new ActionId(NAME, 0, 1);

  /** Says: that of the platform. */
  private static final String AUTO = "auto";

  private static final long AUTO_NUMBER = 0;

  private final PersonDao people;

  LanguageCommand(PersonDao people) {
    this.people = people;
  }

  @Override
  public Usage usage() {
    return Usage.of(NAME).takes("language").evenWhenBanned();
  }

  @Override
  public Reply run(Call call) {
    String text = call.arguments().text();
    if (text.isEmpty()) {
      return choices(call.locale());
    }
    if (text.equalsIgnoreCase(AUTO)) {
      people.speak(call.personId(), Optional.empty());
      return Reply.text(Texts.get(call.locale(), "language.auto"));
    }
    Locale chosen =
        Languages.find(text)
            .orElseThrow(
                () -> new Refusal(ReasonCode.LANGUAGE_UNKNOWN, Shown.brief(text), known()));
    people.speak(call.personId(), Optional.of(chosen.toLanguageTag()));
    return Reply.text(Texts.get(chosen, "language.chosen", Languages.name(chosen)));
  }

  private static Reply choices(Locale now) {
    List<Button> buttons =
        Stream.concat(
                Texts.LANGUAGES.stream()
                    .map(language -> button(Languages.name(language), Languages.number(language))),
                Stream.of(button(Texts.get(now, "button.language.auto"), AUTO_NUMBER)))
            .toList();
    return Reply.text(Texts.get(now, "language.now", Languages.name(now), known()))
        .withButtons(buttons);
  }

  private static String known() {
    return Stream.concat(
            Texts.LANGUAGES.stream()
                .map(language -> language.toLanguageTag() + " (" + Languages.name(language) + ")"),
            Stream.of(AUTO))
        .collect(Collectors.joining(", "));
  }

  private static Button button(String label, long number) {
    return new Button(label, new ActionId(NAME, number, 0));
  }

  @Override
  public Optional<String> pressed(ActionId action) {
    if (action.equals(ASK)) {
      return Optional.of("");
    }
    return action.id() == AUTO_NUMBER
        ? Optional.of(AUTO)
        : Languages.ofNumber(action.id()).map(Locale::toLanguageTag);
  }
}
