package dev.hyperbrush.command;

import dev.hyperbrush.generation.GenerationRequest;
import dev.hyperbrush.generation.LoraWeight;
import dev.hyperbrush.generation.Shown;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** In which settings two requests differ. Immutable. */
record SettingsDiff(List<Change> changes) {
  SettingsDiff {
    changes = List.copyOf(changes);
  }

  /**
   * One setting.
   *
   * @param setting as {@code /imagine} calls it
   */
  record Change(String setting, String before, String after) {
    @Override
    public String toString() {
      return setting + " " + before + " → " + after;
    }
  }

  /** What was changed to get from one request to another, in the order people think of it. */
  static SettingsDiff between(GenerationRequest before, GenerationRequest after) {
    List<Change> changes = new ArrayList<>();
    add(changes, "prompt", before.prompt(), after.prompt());
    add(changes, "no", before.negativePrompt(), after.negativePrompt());
    add(changes, "model", before.model(), after.model());
    add(changes, "steps", before.steps(), after.steps());
    add(changes, "guidance", number(before.guidanceScale()), number(after.guidanceScale()));
    add(changes, "seed", before.seed().value(), after.seed().value());
    add(changes, "size", before.size(), after.size());
    add(changes, "count", before.count(), after.count());
    add(changes, "scheduler", before.scheduler(), after.scheduler());
    add(changes, "eta", number(before.eta()), number(after.eta()));
    add(changes, "lora", loras(before), loras(after));
    add(changes, "clip skip", before.clipSkip(), after.clipSkip());
    add(changes, "draft", before.draft() ? "on" : "off", after.draft() ? "on" : "off");
    return new SettingsDiff(changes);
  }

  private static void add(List<Change> changes, String setting, Object before, Object after) {
    if (!before.equals(after)) {
      changes.add(new Change(setting, shown(before), shown(after)));
    }
  }

  private static String shown(Object value) {
    String text = Shown.brief(value.toString());
    return text.isEmpty() ? "–" : text;
  }

  private static String number(double value) {
    return Shown.number(value);
  }

  private static String loras(GenerationRequest request) {
    return request.loras().stream().map(SettingsDiff::lora).collect(Collectors.joining(", "));
  }

  private static String lora(LoraWeight lora) {
    return lora.name() + ":" + Shown.number(lora.weight());
  }

  /** All changes in a line; empty when there are none. */
  @Override
  public String toString() {
    return changes.stream().map(Change::toString).collect(Collectors.joining(", "));
  }
}
