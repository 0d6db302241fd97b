package dev.hyperbrush.command;

import dev.hyperbrush.chat.Reply;
import dev.hyperbrush.policy.Presets;

/** {@code /preset list}: one's own presets, and those of the server. Thread-safe. */
final class PresetListCommand implements Verb {
  private final Presets presets;

  PresetListCommand(Presets presets) {
    this.presets = presets;
  }

  @Override
  public Usage usage() {
    return Usage.of("preset list").evenWhenBanned();
  }

  @Override
  public Reply run(Call call) {
    return PresetDesk.list(call, presets.visible(call.situation()));
  }
}
