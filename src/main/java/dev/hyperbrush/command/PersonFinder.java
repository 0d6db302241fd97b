package dev.hyperbrush.command;

import dev.hyperbrush.generation.ReasonCode;
import dev.hyperbrush.generation.Refusal;
import dev.hyperbrush.generation.Shown;
import dev.hyperbrush.policy.Permission;
import dev.hyperbrush.store.KnownPerson;
import dev.hyperbrush.store.PersonDao;
import dev.hyperbrush.store.PersonLookup;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Who is meant by {@code <@123>}, {@code discord:123}, {@code 123} or {@code @name}. Moderators
 * find people of their own platform, whoever runs the program those of all. Thread-safe.
 */
final class PersonFinder {
  /** Of one name; more would be no help to choose from. */
  private static final int MOST_OF_NAME = 5;

  private static final Pattern IDENTITY = Pattern.compile("([a-z]{1,20}):(\\S{1,100})");
  private static final Pattern ID = Pattern.compile("-?\\d{1,20}");

  private final PersonDao people;
  private final PersonLookup lookup;

  PersonFinder(PersonDao people, PersonLookup lookup) {
    this.people = people;
    this.lookup = lookup;
  }

  /**
   * The person that a text names. One whose id is named need not have been here yet.
   *
   * @throws Refusal when there is none, or more than one
   */
  KnownPerson find(Call call, String text) {
    String typed = Mentions.id(text);
    if (typed.isEmpty()) {
      throw new Refusal(ReasonCode.PERSON_NEEDED);
    }
    String here = call.origin().platform();
    if (ID.matcher(typed).matches()) {
      return byId(here, typed);
    }
    Matcher identity = IDENTITY.matcher(typed);
    if (identity.matches()
        && (identity.group(1).equals(here) || call.situation().may(Permission.OPERATOR))) {
      return byId(identity.group(1), identity.group(2));
    }
    return byName(here, typed.startsWith("@") ? typed.substring(1) : typed);
  }

  /** As {@code platform:id}, without a look whether there is such a person. */
  static Optional<String> identity(Call call, String text) {
    String typed = Mentions.id(text);
    if (ID.matcher(typed).matches()) {
      return Optional.of(call.origin().platform() + ":" + typed);
    }
    return Optional.of(typed).filter(given -> IDENTITY.matcher(given).matches());
  }

  private KnownPerson byId(String platform, String id) {
    return lookup
        .byId(platform, id)
        .orElseGet(() -> new KnownPerson(people.idOf(platform, id, id), platform, id, id));
  }

  private KnownPerson byName(String platform, String name) {
    List<KnownPerson> found = lookup.byName(platform, name, MOST_OF_NAME);
    if (found.isEmpty()) {
      throw new Refusal(ReasonCode.PERSON_UNKNOWN, Shown.brief(name), platform);
    } else if (found.size() > 1) {
      throw new Refusal(
          ReasonCode.PERSON_AMBIGUOUS,
          Shown.brief(name),
          found.stream().map(KnownPerson::identity).collect(Collectors.joining(", ")));
    }
    return found.getFirst();
  }
}
