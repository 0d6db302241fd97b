package dev.hyperbrush.command;

import dev.hyperbrush.generation.ReasonCode;
import dev.hyperbrush.generation.Refusal;
import dev.hyperbrush.generation.Shown;
import dev.hyperbrush.policy.Choices;
import dev.hyperbrush.store.HistoryFilter;
import dev.hyperbrush.store.JobState;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What {@code /history} can be told to look for. Immutable. */
final class HistoryOptions {
  private static final List<String> STATES =
      Arrays.stream(JobState.values()).map(state -> state.name().toLowerCase(Locale.ROOT)).toList();

  private final Option<String> model;
  private final Option<PastMoment> since;
  private final Option<PastMoment> until;
  private final Option<String> state =
      Option.of("state", new Kind.Name(() -> STATES, STATES::contains), "done");
  private final Option<Boolean> favourites =
      Option.of("favourites", new Kind.Switch(), "on").alias("favorites", "fav");
  private final Option<Long> before = Option.of("before", new Kind.Whole(1, Long.MAX_VALUE), "120");
  private final Option<Long> after = Option.of("after", new Kind.Whole(0, Long.MAX_VALUE), "120");
  private final Option<Long> page = Option.of("page", new Kind.Whole(1, Long.MAX_VALUE), "3");

  private final Choices choices;

  HistoryOptions(Choices choices, InstantSource clock) {
    this.choices = choices;
    model =
        Option.of(
                "model",
                new Kind.Name(choices::modelIds, name -> choices.modelIds().contains(name)),
                choices.defaultModel().id())
            .alias("checkpoint", "m");
    since = Option.of("since", new Kind.Moment(clock), "7d").alias("from");
    until = Option.of("until", new Kind.Moment(clock), "2026-03-01").alias("to");
  }

  Usage usage(String verb) {
    return Usage.of(verb)
        .takes("words")
        .with(model, since, until, state, favourites, before, after, page);
  }

  /** The number of a page that is remembered. */
  Optional<Long> page(Arguments arguments) {
    return arguments.get(page);
  }

  HistorySearch search(Arguments arguments) {
    return new HistorySearch(
        new HistoryFilter(
            arguments.text(),
            arguments.get(model).map(this::modelId),
            arguments.get(since).map(PastMoment::begin),
            arguments.get(until).map(PastMoment::end),
            arguments.get(state).map(this::state),
            arguments.get(favourites).orElse(false)),
        arguments.get(before),
        arguments.get(after));
  }

  /** Jobs of a model that is gone are found by its exact id. */
  private String modelId(String name) {
    return choices.modelIds().stream().filter(name::equalsIgnoreCase).findFirst().orElse(name);
  }

  private JobState state(String name) {
    return Arrays.stream(JobState.values())
        .filter(known -> known.name().equalsIgnoreCase(name))
        .findFirst()
        .orElseThrow(() ->
            new Refusal(
                ReasonCode.FLAG_VALUE, state.name(), Shown.brief(name), state.kind().accepted()));
  }
}
