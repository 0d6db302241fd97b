package dev.hyperbrush.command;

import dev.hyperbrush.chat.Audience;
import dev.hyperbrush.chat.Button;
import dev.hyperbrush.chat.Card;
import dev.hyperbrush.chat.Reply;
import dev.hyperbrush.chat.Texts;
import dev.hyperbrush.policy.Choices;
import dev.hyperbrush.store.KnownPerson;
import dev.hyperbrush.store.PersonLookup;
import dev.hyperbrush.store.StoredDao;
import dev.hyperbrush.store.StoredDao.Stored;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** {@code /about}: what this is, and what it keeps about whoever asks. Thread-safe. */
final class AboutCommand implements Verb {
  private final Choices choices;
  private final PersonLookup lookup;
  private final StoredDao stored;

  AboutCommand(Choices choices, PersonLookup lookup, StoredDao stored) {
    this.choices = choices;
    this.lookup = lookup;
    this.stored = stored;
  }

  @Override
  public Usage usage() {
    return Usage.of("about").evenWhenBanned().saidTo(Audience.ONLY_ASKER);
  }

  @Override
  public Reply run(Call call) {
    Locale locale = call.locale();
    Card program =
        new Card(
            "Hyperbrush " + version(),
            List.of(
                new Card.Field(
                    Texts.get(locale, "about.models"), String.join(", ", choices.modelIds())),
                new Card.Field(Texts.get(locale, "about.more"), "/help, /models")),
            List.of());
    Card person = person(call);
    String text = words(program) + "\n\n" + words(person);
    return Reply.text(text).withCards(List.of(program, person));
  }

  private Card person(Call call) {
    Locale locale = call.locale();
    Stored all = stored.of(call.personId());
    String identities =
        lookup.identities(call.personId()).stream()
            .map(AboutCommand::name)
            .collect(Collectors.joining(", "));
    return new Card(
        Texts.get(locale, "about.you"),
        List.of(
            new Card.Field(Texts.get(locale, "about.since"), Days.of(all.since())),
            new Card.Field(Texts.get(locale, "about.identities"), identities),
            new Card.Field(
                Texts.get(locale, "about.pictures"),
                Texts.get(locale, "about.counts", all.jobs(), all.pictures(), all.favourites())),
            new Card.Field(Texts.get(locale, "about.megabytes"), String.valueOf(all.bytes() >> 20)),
            new Card.Field(Texts.get(locale, "about.language"), Languages.name(locale))),
        List.of(
            new Button(Texts.get(locale, "button.export"), ExportCommand.ASK),
            new Button(Texts.get(locale, "button.language"), LanguageCommand.ASK),
            new Button(Texts.get(locale, "button.forget"), ForgetMeCommand.ASK)));
  }

  private static String name(KnownPerson identity) {
    return identity.name() + " (" + identity.platform() + ")";
  }

  private static String words(Card card) {
    return card.title()
        + card.fields().stream()
            .map(field -> "\n" + field.name() + ": " + field.value())
            .collect(Collectors.joining());
  }

  private static String version() {
    return Optional.ofNullable(AboutCommand.class.getPackage().getImplementationVersion())
        .orElse("development");
  }
}
