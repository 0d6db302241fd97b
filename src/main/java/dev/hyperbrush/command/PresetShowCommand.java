package dev.hyperbrush.command;

import dev.hyperbrush.chat.Reply;
import java.util.List;

/** {@code /preset show}: what a preset keeps. Thread-safe. */
final class PresetShowCommand implements PresetVerb {
  private final PresetDesk desk;

  PresetShowCommand(PresetDesk desk) {
    this.desk = desk;
  }

  @Override
  public Usage usage() {
    return Usage.of("preset show").needs("preset").with(desk.sharedOption()).evenWhenBanned();
  }

  @Override
  public Reply run(Call call) {
    return PresetDesk.list(call, List.of(desk.named(usage(), call)));
  }
}
