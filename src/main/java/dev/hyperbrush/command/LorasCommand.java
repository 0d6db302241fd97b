package dev.hyperbrush.command;

import dev.hyperbrush.chat.ActionId;
import dev.hyperbrush.chat.Button;
import dev.hyperbrush.chat.Card;
import dev.hyperbrush.chat.Reply;
import dev.hyperbrush.chat.Texts;
import dev.hyperbrush.generation.ReasonCode;
import dev.hyperbrush.generation.Refusal;
import dev.hyperbrush.generation.Shown;
import dev.hyperbrush.pipeline.InstalledLora;
import dev.hyperbrush.pipeline.ModelVariant;
import dev.hyperbrush.policy.Choices;
import dev.hyperbrush.policy.EffectiveSettings;
import dev.hyperbrush.policy.Found;
import dev.hyperbrush.policy.LoraSearch;
import dev.hyperbrush.policy.Settings;
import dev.hyperbrush.store.HistoryPageDao;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * {@code /loras}: the LoRAs that may be used here, those that match some words best first, page by
 * page; by its whole name, one with all that is known of it. Thread-safe.
 */
final class LorasCommand implements Verb {
  private static final String NAME = "loras";
  private static final int PAGE = 8;
  private static final int AUTO_V2 = 10;
  private static final double MEGABYTE = 1e6;

  // What a button's index makes of its number. Never change them: buttons live for years.
  private static final int PLAIN = 0;
  private static final int REMEMBERED = 1;

  private final Option<Long> page = Option.of("page", new Kind.Whole(1, 100_000), "2");
  private final Option<Long> search = Option.of("search", new Kind.Whole(1, Long.MAX_VALUE), "7");
  private final Option<String> model;
  private final Choices choices;
  private final EffectiveSettings settings;
  private final HistoryPageDao pages;

  LorasCommand(Choices choices, EffectiveSettings settings, HistoryPageDao pages) {
    this.choices = choices;
    this.settings = settings;
    this.pages = pages;
    this.model =
        Option.of(
                "model",
                new Kind.Name(choices::modelIds, name -> choices.modelIds().contains(name)),
                choices.defaultModel().id())
            .alias("checkpoint", "m");
  }

  @Override
  public Usage usage() {
    return Usage.of(NAME).takes("lora").with(model, page, search).evenWhenBanned();
  }

  @Override
  public Reply run(Call call) {
    Optional<Long> remembered = call.arguments().get(search);
    Arguments arguments =
        remembered.isPresent()
            ? CommandLine.read(usage(), line(call, remembered.get()), Map.of())
            : call.arguments();
    Choices now = choices.now();
    List<InstalledLora> found = LoraSearch.find(arguments.text(), allowed(call, now));
    ModelVariant chosen =
        arguments.get(model).map(now::model).orElseGet(() -> usualModel(call, now));
    return found.size() == 1
        ? about(call.locale(), found.getFirst(), now, chosen)
        : list(call, arguments, found, card -> card(call.locale(), card, now, chosen));
  }

  private String line(Call call, long remembered) {
    return pages
        .find(call.personId(), remembered)
        .orElseThrow(() -> new Refusal(ReasonCode.HISTORY_PAGE_UNKNOWN));
  }

  private List<InstalledLora> allowed(Call call, Choices now) {
    Optional<List<String>> names =
        settings.resolution(call.situation()).allowed(Settings.LORAS).map(Found::value);
    return now.library().stream()
        .filter(lora -> names.map(some -> some.contains(lora.name())).orElse(true))
        .toList();
  }

  /** The one that people get here who name none. */
  private ModelVariant usualModel(Call call, Choices now) {
    return settings
        .resolution(call.situation())
        .decided(Settings.MODEL)
        .flatMap(found ->
            now.models().stream().filter(one -> one.id().equals(found.value())).findFirst())
        .orElseGet(now::defaultModel);
  }

  private Reply list(
      Call call,
      Arguments arguments,
      List<InstalledLora> found,
      Function<InstalledLora, Card> card) {
    Locale locale = call.locale();
    if (found.isEmpty()) {
      return Reply.text(
          arguments.text().isBlank()
              ? Texts.get(locale, "loras.none")
              : Texts.get(locale, "loras.nothing", Shown.brief(arguments.text())));
    }
    int count = Math.ceilDiv(found.size(), PAGE);
    int shown = Math.clamp(arguments.get(page).orElse(1L), 1, count);
    List<Card> cards = found.stream().skip((shown - 1L) * PAGE).limit(PAGE).map(card).toList();
    String title = Texts.get(locale, "loras.title", found.size(), shown, count);
    return Reply.text(
            title + "\n" + cards.stream().map(LorasCommand::line).collect(Collectors.joining("\n")))
        .withCards(cards)
        .withButtons(buttons(call, arguments, shown, count));
  }

  private static String line(Card card) {
    return card.title() + " – " + facts(card);
  }

  private static String facts(Card card) {
    return card.fields().stream()
        .map(field -> field.name() + ": " + field.value())
        .collect(Collectors.joining("; "));
  }

  private List<Button> buttons(Call call, Arguments arguments, int shown, int count) {
    List<Button> buttons = new ArrayList<>();
    if (shown > 1) {
      buttons.add(button(call, arguments, "button.loras.back", shown - 1));
    }
    if (shown < count) {
      buttons.add(button(call, arguments, "button.loras.next", shown + 1));
    }
    return buttons;
  }

  /** A button holds no words: those of a search are kept in the database. */
  private Button button(Call call, Arguments arguments, String label, int to) {
    String words = arguments.text().strip();
    Optional<String> chosen = arguments.get(model);
    ActionId action =
        words.isEmpty() && chosen.isEmpty()
            ? new ActionId(NAME, to, PLAIN)
            : new ActionId(
                NAME,
                pages.remember(
                    call.personId(),
                    words + chosen.map(name -> " --model " + name).orElse("") + " --page " + to),
                REMEMBERED);
    return new Button(Texts.get(call.locale(), label), action);
  }

  @Override
  public Optional<String> pressed(ActionId action) {
    return switch (action.index()) {
      case PLAIN -> Optional.of("--page " + action.id());
      case REMEMBERED -> Optional.of("--search " + action.id());
      default -> Optional.empty();
    };
  }

  private Reply about(Locale locale, InstalledLora lora, Choices now, ModelVariant chosen) {
    List<Card.Field> fields = new ArrayList<>(fields(locale, lora, now, chosen));
    fields.add(
        field(
            locale,
            "loras.field.hash",
            lora.sha256()
                .map(hash -> "AutoV2 " + hash.substring(0, AUTO_V2) + ", SHA-256 " + hash)
                .orElseGet(() -> Texts.get(locale, "loras.hash.later"))));
    String weight = Shown.number(lora.usualWeight().orElse(1));
    fields.add(
        field(
            locale,
            "loras.field.say",
            "--lora "
                + lora.name()
                + ":"
                + weight
                + ", <lora:"
                + lora.name()
                + ":"
                + weight
                + ">"));
    Card card = new Card(lora.name(), fields, List.of());
    return Reply.text(card.title() + "\n" + facts(card)).withCards(List.of(card));
  }

  private static Card card(Locale locale, InstalledLora lora, Choices now, ModelVariant chosen) {
    return new Card(lora.name(), fields(locale, lora, now, chosen), List.of());
  }

  private static List<Card.Field> fields(
      Locale locale, InstalledLora lora, Choices now, ModelVariant chosen) {
    String base =
        now.misfit(lora, chosen)
            .map(other -> Texts.get(locale, "loras.misfit", other.title(), chosen.id()))
            .or(() -> lora.facts().base().map(known -> known.title()))
            .orElseGet(() -> Texts.get(locale, "loras.unknown"));
    String size = Shown.number(Math.max(0.1, Math.round(lora.bytes() / MEGABYTE * 10) / 10.0));
    return Stream.of(
            field(locale, "loras.field.title", lora.facts().title()),
            field(locale, "loras.field.base", base),
            field(locale, "loras.field.words", String.join(", ", lora.facts().triggers())),
            field(locale, "loras.field.hint", lora.facts().hint()),
            field(
                locale,
                "loras.field.weight",
                lora.usualWeight().stream().mapToObj(Shown::number).findFirst().orElse("")),
            field(locale, "loras.field.size", Texts.get(locale, "loras.size", size)))
        .filter(field -> !field.value().isEmpty())
        .toList();
  }

  private static Card.Field field(Locale locale, String key, String value) {
    return new Card.Field(Texts.get(locale, key), value);
  }
}
