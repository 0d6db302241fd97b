package dev.hyperbrush.chat.telegram;

import dev.hyperbrush.chat.ActionId;
import dev.hyperbrush.chat.telegram.Incoming.Replied;
import dev.hyperbrush.chat.telegram.Incoming.Said;
import dev.hyperbrush.command.Usage;
import dev.hyperbrush.policy.Permission;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Makes of a message what it asks for. What a command lacks is taken from the message that it
 * replies to: the picture, or the person. Thread-safe.
 */
final class MessageReader {
  private static final String START = "start";
  private static final String IMAGINE = "imagine";

  /** Asks what is to be different, when that is not said. */
  static final String REMIX_VERB = "remix";

  /** What arguments are called that name a job, and none of its pictures. */
  private static final String JOB = "id";

  /** What arguments are called that name a job or a picture of one. */
  private static final Set<String> PICTURES = Set.of("picture", JOB);

  /** What arguments are called that name a person. */
  private static final Set<String> PEOPLE = Set.of("person", "timeout");

  private static final Pattern NUMBER = Pattern.compile("#?\\d.*", Pattern.DOTALL);
  private static final Pattern PERSON =
      Pattern.compile("(?:@\\S|-?\\d{5}|[a-z]+:\\S).*", Pattern.DOTALL);

  /** Every caption of ours has a line that begins with the number of the job. */
  private static final Pattern JOB_LINE = Pattern.compile("^#(\\d{1,18})\\b", Pattern.MULTILINE);

  /** Knows the messages of the bot. */
  interface Posts {
    /** The picture that was posted as a message, as people write its number. */
    Optional<String> picture(long chat, int message);
  }

  private final VerbNames names;
  private final Map<String, Usage> usages;
  private final Set<String> pictureVerbs;
  private final Posts posts;

  MessageReader(List<Usage> verbs, Posts posts) {
    this.posts = posts;
    names = new VerbNames(verbs);
    usages = verbs.stream().collect(Collectors.toMap(Usage::name, Function.identity()));
    pictureVerbs =
        verbs.stream()
            .filter(usage -> PICTURES.contains(usage.argument()))
            .filter(usage -> usage.permission() == Permission.EVERYBODY)
            .map(Usage::name)
            .collect(Collectors.toSet());
  }

  /** What a question begins with whose answers are other words for a picture. */
  static final String REMIX_MARK = "✎ #";

  private static final Pattern REMIX = Pattern.compile("^✎ #(\\d{1,18})(?:\\.(\\d{1,4}))?\\b");
  private static final Pattern ONLY_NUMBER = Pattern.compile("\\s*#?\\d+(?:[. ]#?\\d+)?\\s*");

  /** What a message asks for. */
  sealed interface Asked {}

  /** To be asked with which other words a picture is to be drawn. */
  record Question(String picture) implements Asked {}

  /**
   * A verb.
   *
   * @param usage empty when there is no such verb
   */
  record Verb(String name, String text, Optional<Usage> usage) implements Asked {}

  /**
   * What the bot is begun with, and opened with by links.
   *
   * @param payload of the link; blank without one
   */
  record Start(String payload) implements Asked {}

  /**
   * Reads a message; empty when it asks nothing of this bot.
   *
   * @param username of the bot
   */
  Optional<Asked> read(Said said, String username) {
    Optional<VerbNames.Typed> command = names.read(said.text());
    if (command.isEmpty()) {
      return words(said);
    }
    VerbNames.Typed typed = command.get();
    if (typed.isForAnother(username)) {
      return Optional.empty();
    } else if (typed.verb().equals(START)) {
      return Optional.of(new Start(typed.text().strip()));
    }
    boolean forUs = typed.known() || !said.room().group() || typed.bot().isPresent();
    return forUs ? Optional.of(command(said, typed)) : Optional.empty();
  }

  /** What is no command answers a question, or else says what to draw where nobody else is. */
  private Optional<Asked> words(Said said) {
    Matcher question = REMIX.matcher(said.replied().map(Replied::text).orElse(""));
    if (question.find()) {
      String index = question.group(2) == null ? "" : "." + question.group(2);
      String text = question.group(1) + index + " " + said.text().strip();
      return Optional.of(verb(said, REMIX_VERB, text));
    }
    return said.room().group()
        ? Optional.empty()
        : Optional.of(verb(said, IMAGINE, said.text().strip()));
  }

  private Asked command(Said said, VerbNames.Typed typed) {
    boolean ofPicture = typed.verb().equals("settings") && picture(said).isPresent();
    Verb verb = verb(said, ofPicture ? "show" : typed.verb(), typed.text());
    return verb.name().equals(REMIX_VERB) && ONLY_NUMBER.matcher(verb.text()).matches()
        ? new Question(verb.text().strip())
        : verb;
  }

  private Verb verb(Said said, String name, String text) {
    Optional<Usage> usage = usage(name, text);
    String needed = usage.map(Usage::argument).orElse("");
    Optional<String> lacking = Optional.empty();
    if (PICTURES.contains(needed) && !namesPicture(said, name, text)) {
      lacking =
          picture(said)
              .map(number -> needed.equals(JOB) ? number.replaceFirst("\\..*", "") : number);
    } else if (PEOPLE.contains(needed) && !PERSON.matcher(text).matches()) {
      lacking = said.about().stream().mapToObj(String::valueOf).findFirst();
    }
    return new Verb(name, lacking.map(known -> (known + " " + text).strip()).orElse(text), usage);
  }

  /** Words for another picture may begin with a number too: {@code 2 cats}. */
  private static boolean namesPicture(Said said, String name, String text) {
    boolean words =
        name.equals(REMIX_VERB)
            && said.replied().isPresent()
            && said.text().startsWith("/")
            && !text.startsWith("#")
            && !ONLY_NUMBER.matcher(text).matches();
    return !words && NUMBER.matcher(text).matches();
  }

  private Optional<Usage> usage(String name, String text) {
    String second = text.strip().split("\\s+", 2)[0];
    return Optional.ofNullable(usages.get(name + " " + second))
        .or(() -> Optional.ofNullable(usages.get(name)));
  }

  /** The picture that the message is about to which somebody replies. */
  private Optional<String> picture(Said said) {
    return said.replied()
        .flatMap(replied ->
            ofButtons(replied)
                .or(() -> posts.picture(said.room().chat(), replied.messageId()))
                .or(() -> named(replied.text())));
  }

  private Optional<String> ofButtons(Replied replied) {
    return replied.actions().stream()
        .map(ActionId::parse)
        .flatMap(Optional::stream)
        .filter(action -> pictureVerbs.contains(action.verb()))
        .map(action -> String.valueOf(action.id()))
        .findFirst();
  }

  private static Optional<String> named(String text) {
    return JOB_LINE.matcher(text).results().map(line -> line.group(1)).reduce((_, last) -> last);
  }
}
