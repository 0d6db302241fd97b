package dev.hyperbrush.command;

import dev.hyperbrush.chat.Reply;
import dev.hyperbrush.chat.Texts;
import dev.hyperbrush.generation.ReasonCode;
import dev.hyperbrush.generation.Refusal;
import dev.hyperbrush.policy.Permission;
import dev.hyperbrush.policy.Preset;
import dev.hyperbrush.policy.Presets;

/** {@code /preset approve}: lets a preset in that somebody offers to the server. Thread-safe. */
final class PresetApproveCommand implements PresetVerb {
  private final PresetDesk desk;
  private final Presets presets;

  PresetApproveCommand(PresetDesk desk, Presets presets) {
    this.desk = desk;
    this.presets = presets;
  }

  @Override
  public Usage usage() {
    return Usage.of("preset approve").needs("preset").onlyFor(Permission.MODERATOR);
  }

  @Override
  public Reply run(Call call) {
    String name = PresetDesk.needed(usage(), call.arguments().text());
    Preset preset =
        name.startsWith("#") ? desk.named(call, name) : presets.shared(name, call.situation());
    if (!preset.shared()) {
      throw new Refusal(ReasonCode.PRESET_UNKNOWN, name, "–");
    }
    Preset approved = presets.approve(call.personId(), preset);
    return PresetDesk.reply(
        call, Texts.get(call.locale(), "preset.shared", approved.name().shown()), approved);
  }
}
