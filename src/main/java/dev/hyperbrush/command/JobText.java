package dev.hyperbrush.command;

import dev.hyperbrush.chat.JobView;
import dev.hyperbrush.chat.Texts;
import dev.hyperbrush.chat.TimeText;
import dev.hyperbrush.generation.GenerationRequest;
import dev.hyperbrush.generation.LoraWeight;
import dev.hyperbrush.generation.Shown;
import dev.hyperbrush.store.Picture;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** Jobs in words, for surfaces that show text only. */
final class JobText {
  /** A title, and a line for each job. */
  static String list(Locale locale, String title, List<JobView> views) {
    List<String> lines = new ArrayList<>(List.of(title));
    views.forEach(view -> lines.add(line(locale, view)));
    return String.join("\n", lines);
  }

  private static String line(Locale locale, JobView view) {
    return "#"
        + view.job().id()
        + (favourites(view).isEmpty() ? " " : " ★ ")
        + Shown.brief(view.job().request().prompt())
        + " ("
        + state(locale, view)
        + ")";
  }

  /**
   * Every setting, and the line that asks for it again.
   *
   * @param more lines to say before that one
   */
  static String full(Locale locale, JobView view, List<String> more) {
    GenerationRequest request = view.job().request();
    List<String> lines = new ArrayList<>();
    lines.add("#" + view.job().id() + " – " + state(locale, view));
    view.job().failure().ifPresent(why -> lines.add(Texts.say(locale, why)));
    lines.add(request.prompt());
    if (!request.negativePrompt().isEmpty()) {
      lines.add(Texts.get(locale, "show.negative", request.negativePrompt()));
    }
    lines.add(settings(locale, request));
    if (!request.loras().isEmpty()) {
      lines.add(Texts.get(locale, "show.loras", loras(request)));
    }
    if (request.draft()) {
      lines.add(Texts.get(locale, "show.draft"));
    }
    List<String> favourites = favourites(view);
    if (!favourites.isEmpty()) {
      lines.add(Texts.get(locale, "show.favourites", String.join(", ", favourites)));
    }
    lines.addAll(more);
    lines.add(view.command());
    return String.join("\n", lines);
  }

  /** Numbers of the favourites among the pictures, counted from 1. */
  private static List<String> favourites(JobView view) {
    return view.pictures().stream()
        .filter(Picture::favourite)
        .map(picture -> String.valueOf(picture.index() + 1))
        .toList();
  }

  private static String settings(Locale locale, GenerationRequest request) {
    return Texts.get(
        locale,
        "show.settings",
        request.model(),
        request.size(),
        request.steps(),
        Shown.number(request.guidanceScale()),
        request.scheduler(),
        Shown.number(request.eta()),
        request.seed().value(),
        request.count());
  }

  private static String loras(GenerationRequest request) {
    return request.loras().stream().map(JobText::lora).collect(Collectors.joining(", "));
  }

  private static String lora(LoraWeight lora) {
    return lora.name() + ":" + Shown.number(lora.weight());
  }

  private static String state(Locale locale, JobView view) {
    String key = "state." + view.job().state();
    String state =
        view.readyIn()
            .map(time ->
                Texts.get(locale, key + ".in", view.position(), TimeText.about(locale, time)))
            .orElseGet(() -> Texts.get(locale, key, view.position()));
    return view.waiting() ? Texts.get(locale, "state.waiting", state, view.job().id()) : state;
  }

  private JobText() {}
}
