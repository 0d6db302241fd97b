package dev.hyperbrush.command;

import dev.hyperbrush.chat.ActionId;
import dev.hyperbrush.chat.Audience;
import dev.hyperbrush.chat.Person;
import dev.hyperbrush.chat.Reply;
import dev.hyperbrush.chat.Texts;
import dev.hyperbrush.generation.ReasonCode;
import dev.hyperbrush.generation.Refusal;
import dev.hyperbrush.generation.Shown;
import dev.hyperbrush.store.KnownPerson;
import dev.hyperbrush.store.LinkDao;
import dev.hyperbrush.store.PersonLookup;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;

/** {@code /unlink}: makes an identity a person of its own again. Thread-safe. */
final class UnlinkCommand implements Verb {
  static final String NAME = "unlink";

  private static final String SIGN = "#";

  /** As many as a button can hold. */
  private static final long NUMBERS = 1_000_000_000_000_000_000L;

  private final LinkDao links;
  private final PersonLookup lookup;

  UnlinkCommand(LinkDao links, PersonLookup lookup) {
    this.links = links;
    this.lookup = lookup;
  }

  @Override
  public Usage usage() {
    return Usage.of(NAME).takes("platform").evenWhenBanned().saidTo(Audience.ONLY_ASKER);
  }

  @Override
  public Reply run(Call call) {
    List<KnownPerson> all = lookup.identities(call.personId());
    if (all.size() < 2) {
      throw new Refusal(ReasonCode.NOT_LINKED);
    }
    KnownPerson meant = meant(call, all);
    int jobs =
        links.part(call.personId(), meant).orElseThrow(() -> new Refusal(ReasonCode.NOT_LINKED));
    return Reply.text(
        Texts.get(call.locale(), "unlink.done", meant.name(), meant.platform(), jobs));
  }

  /** The one that is named, or the one that speaks. */
  private static KnownPerson meant(Call call, List<KnownPerson> all) {
    String text = call.arguments().text();
    Person speaking = call.invocation().caller().person();
    List<KnownPerson> found =
        all.stream().filter(identity -> isMeant(identity, text, speaking)).toList();
    if (found.size() == 1) {
      return found.getFirst();
    }
    List<KnownPerson> choice = found.isEmpty() ? all : found;
    throw new Refusal(
        ReasonCode.UNLINK_WHICH,
        Shown.brief(text),
        choice.stream().map(UnlinkCommand::name).collect(Collectors.joining(", ")));
  }

  private static boolean isMeant(KnownPerson identity, String text, Person speaking) {
    if (text.isEmpty()) {
      return identity.platform().equals(speaking.platform())
          && identity.platformId().equals(speaking.platformId());
    }
    return identity.platform().equalsIgnoreCase(text)
        || name(identity).equalsIgnoreCase(text)
        || (SIGN + number(identity)).equals(text);
  }

  /** As it is typed where a platform is not enough: {@code discord Anna}. */
  private static String name(KnownPerson identity) {
    return identity.platform() + " " + identity.name();
  }

  /** A number that stays the same, whatever other identities come and go. */
  static long number(KnownPerson identity) {
    String key = identity.platform() + ":" + identity.platformId();
    UUID hash = UUID.nameUUIDFromBytes(key.getBytes(StandardCharsets.UTF_8));
    return Math.floorMod(hash.getMostSignificantBits(), NUMBERS);
  }

  @Override
  public Optional<String> pressed(ActionId action) {
    return Optional.of(SIGN + action.id());
  }
}
