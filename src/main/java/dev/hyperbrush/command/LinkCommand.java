package dev.hyperbrush.command;

import dev.hyperbrush.chat.ActionId;
import dev.hyperbrush.chat.Audience;
import dev.hyperbrush.chat.Button;
import dev.hyperbrush.chat.Card;
import dev.hyperbrush.chat.Person;
import dev.hyperbrush.chat.Reply;
import dev.hyperbrush.chat.Texts;
import dev.hyperbrush.generation.ReasonCode;
import dev.hyperbrush.generation.Refusal;
import dev.hyperbrush.generation.Shown;
import dev.hyperbrush.store.KnownPerson;
import dev.hyperbrush.store.LinkDao;
import dev.hyperbrush.store.PersonDao;
import dev.hyperbrush.store.PersonLookup;
import java.util.List;
import java.util.Optional;
import java.util.function.LongConsumer;

/**
 * {@code /link}: makes identities on several platforms one person. One of them asks for a code, the
 * other says it. Thread-safe.
 */
final class LinkCommand implements Verb {
  private static final String NAME = "link";

  // What a button's index asks for. Never change it.
  private static final int NEW_CODE = 1;

  private final Option<Boolean> fresh = Option.of("new", new Kind.Switch(), "on");

  private final LinkCodes codes;
  private final LinkDao links;
  private final PersonDao people;
  private final PersonLookup lookup;
  private final LongConsumer joined;

  /**
   * The verb.
   *
   * @param joined is told who has more than before
   */
  LinkCommand(
      LinkCodes codes, LinkDao links, PersonDao people, PersonLookup lookup, LongConsumer joined) {
    this.codes = codes;
    this.links = links;
    this.people = people;
    this.lookup = lookup;
    this.joined = joined;
  }

  @Override
  public Usage usage() {
    return Usage.of(NAME).takes("code").with(fresh).evenWhenBanned().saidTo(Audience.ONLY_ASKER);
  }

  @Override
  public Reply run(Call call) {
    String text = call.arguments().text();
    if (!text.isEmpty()) {
      return join(call, text);
    }
    List<KnownPerson> identities = lookup.identities(call.personId());
    boolean asked = call.arguments().get(fresh).orElse(false);
    return identities.size() > 1 && !asked ? list(call, identities) : give(call);
  }

  /** Whether others read along: whoever says a code first becomes the person. */
  private static boolean isRead(Call call) {
    return call.origin().server().isPresent();
  }

  private Reply give(Call call) {
    if (isRead(call)) {
      throw new Refusal(ReasonCode.LINK_NOT_HERE);
    }
    String code = codes.issue(call.personId());
    return Reply.text(Texts.get(call.locale(), "link.code", code, LinkCodes.VALID.toMinutes()));
  }

  private Reply join(Call call, String text) {
    String code = codes.typed(call.personId(), text);
    return switch (links.join(code, call.personId())) {
      case JOINED -> joined(call);
      case OWN -> throw new Refusal(ReasonCode.LINK_CODE_OWN);
      case UNKNOWN -> throw codes.wrong(call.personId(), Shown.brief(text));
    };
  }

  private Reply joined(Call call) {
    Person person = call.invocation().caller().person();
    joined.accept(people.idOf(person.platform(), person.platformId(), person.displayName()));
    return Reply.text(Texts.get(call.locale(), "link.done"));
  }

  private static Reply list(Call call, List<KnownPerson> identities) {
    StringBuilder text = new StringBuilder(Texts.get(call.locale(), "link.identities"));
    identities.forEach(identity ->
        text.append('\n').append(identity.platform()).append(": ").append(identity.name()));
    Button another =
        new Button(Texts.get(call.locale(), "button.link.new"), new ActionId(NAME, 0, NEW_CODE));
    return Reply.text(text.toString())
        .withCards(identities.stream().map(identity -> card(call, identity)).toList())
        .withButtons(isRead(call) ? List.of() : List.of(another));
  }

  private static Card card(Call call, KnownPerson identity) {
    return new Card(
        identity.name(),
        List.of(
            new Card.Field(Texts.get(call.locale(), "link.field.platform"), identity.platform())),
        List.of(
            new Button(
                Texts.get(call.locale(), "button.unlink"),
                new ActionId(UnlinkCommand.NAME, UnlinkCommand.number(identity), 0))));
  }

  @Override
  public Optional<String> pressed(ActionId action) {
    return action.index() == NEW_CODE ? Optional.of("--new") : Optional.of("");
  }
}
