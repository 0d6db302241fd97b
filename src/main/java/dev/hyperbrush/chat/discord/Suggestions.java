package dev.hyperbrush.chat.discord;

import dev.hyperbrush.chat.Caller;
import dev.hyperbrush.chat.Card;
import dev.hyperbrush.chat.Invocation;
import dev.hyperbrush.command.Commands;
import dev.hyperbrush.command.Kind;
import dev.hyperbrush.command.Option;
import dev.hyperbrush.command.Usage;
import dev.hyperbrush.generation.NameSearch;
import dev.hyperbrush.queue.JobQueue;
import dev.hyperbrush.store.Job;
import dev.hyperbrush.store.KnownPerson;
import dev.hyperbrush.store.PersonLookup;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import net.dv8tion.jda.api.events.interaction.command.CommandAutoCompleteInteractionEvent;
import net.dv8tion.jda.api.exceptions.ErrorResponseException;
import net.dv8tion.jda.api.interactions.commands.Command.Choice;
import net.dv8tion.jda.api.interactions.commands.build.OptionData;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Completes what somebody types, from what that person may see. Thread-safe. */
final class Suggestions {
  private static final Logger log = LoggerFactory.getLogger(Suggestions.class);
  private static final int MOST = OptionData.MAX_CHOICES;
  private static final int LONGEST = OptionData.MAX_CHOICE_VALUE_LENGTH;

  private final Commands commands;
  private final JobQueue queue;
  private final PersonLookup people;

  Suggestions(Commands commands, JobQueue queue, PersonLookup people) {
    this.commands = commands;
    this.queue = queue;
    this.people = people;
  }

  /** Answers while somebody types; what comes too late is of no use, and nothing is lost. */
  void answer(CommandAutoCompleteInteractionEvent typing, String verb, Incoming incoming) {
    try {
      List<Choice> choices =
          commands
              .usage(verb)
              .map(usage ->
                  find(
                      usage,
                      typing.getFocusedOption().getName(),
                      typing.getFocusedOption().getValue(),
                      Callers.of(incoming)))
              .orElse(List.of());
      typing.replyChoices(choices).complete();
    } catch (ErrorResponseException e) {
      log.debug("Suggestions came too late: {}", e.getMeaning());
    }
  }

  /** At most 25, the best ones first. */
  List<Choice> find(Usage usage, String option, String typed, Caller caller) {
    if (option.equals(usage.argument())) {
      return ofArgument(usage, typed, caller);
    }
    return usage.options().stream()
        .filter(one -> one.name().equals(option))
        .findFirst()
        .map(one -> ofOption(one, typed, caller))
        .orElse(List.of());
  }

  private List<Choice> ofArgument(Usage usage, String typed, Caller caller) {
    return switch (usage.argument()) {
      case "picture", "id" -> jobs(usage, typed, caller);
      case "preset" -> names(presets(caller), typed, false);
      case "model" -> models(typed);
      case "lora" -> loras(typed);
      case "command" -> names(commands.verbs().stream().map(Usage::name).toList(), typed, false);
      default -> List.of();
    };
  }

  private List<Choice> ofOption(Option<?> option, String typed, Caller caller) {
    return switch (option.kind()) {
      case Kind.Name(var choices, var _) -> names(choices.get(), typed, option.repeatable());
      case Kind.Lora(var choices, var _) -> names(choices.get(), typed, true);
      case Kind.Word _ when option.name().equals("preset") ->
          names(presets(caller), typed, option.repeatable());
      default -> List.of();
    };
  }

  /** The best matches first. */
  private static List<Choice> names(List<String> names, String typed, boolean several) {
    int begin = several ? typed.lastIndexOf(',') + 1 : 0;
    String before = typed.substring(0, begin);
    return NameSearch.find(names, typed.substring(begin)).stream()
        .distinct()
        .map(name -> before + name)
        .filter(value -> !value.isBlank() && value.length() <= LONGEST)
        .limit(MOST)
        .map(value -> new Choice(value, value))
        .toList();
  }

  private List<Choice> models(String typed) {
    return offered("model").map(names -> names(names, typed, false)).orElse(List.of());
  }

  private List<Choice> loras(String typed) {
    return offered("lora").map(names -> names(names, typed, false)).orElse(List.of());
  }

  /** What an option of {@code /imagine} offers. */
  private Optional<List<String>> offered(String option) {
    return commands.usage("imagine").stream()
        .flatMap(usage -> usage.options().stream())
        .filter(one -> one.name().equals(option))
        .map(Option::kind)
        .flatMap(kind ->
            switch (kind) {
              case Kind.Name(var choices, var _) -> Stream.of(choices.get());
              case Kind.Lora(var choices, var _) -> Stream.of(choices.get());
              default -> Stream.empty();
            })
        .findFirst();
  }

  private List<String> presets(Caller caller) {
    return commands.run(new Invocation(caller, "preset list", "", Map.of())).cards().stream()
        .map(Card::title)
        .distinct()
        .toList();
  }

  /** One's own, by number or by words of the prompt; only unfinished ones can be cancelled. */
  private List<Choice> jobs(Usage usage, String typed, Caller caller) {
    Optional<KnownPerson> person =
        people.byId(caller.person().platform(), caller.person().platformId());
    String wanted = typed.strip().startsWith("#") ? typed.strip().substring(1) : typed.strip();
    boolean number = wanted.chars().allMatch(Character::isDigit);
    return person.stream()
        .flatMap(who -> found(usage, who.personId(), number ? "" : wanted))
        .filter(job -> !number || String.valueOf(job.id()).startsWith(wanted))
        .limit(MOST)
        .map(job -> new Choice(title(job), String.valueOf(job.id())))
        .toList();
  }

  private Stream<Job> found(Usage usage, long personId, String words) {
    return usage.name().equals("cancel")
        ? queue.unfinished(personId, MOST).stream()
        : queue.history(personId, words, Long.MAX_VALUE, 4 * MOST).jobs().stream();
  }

  private static String title(Job job) {
    String title = "#" + job.id() + " " + job.request().prompt().replaceAll("[\\s\\p{C}]+", " ");
    return title.length() <= LONGEST ? title.strip() : title.substring(0, LONGEST - 1) + "…";
  }
}
