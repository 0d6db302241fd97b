package dev.hyperbrush.command;

import dev.hyperbrush.chat.Reply;
import dev.hyperbrush.chat.Texts;
import dev.hyperbrush.generation.ReasonCode;
import dev.hyperbrush.generation.Refusal;
import dev.hyperbrush.policy.Permission;
import dev.hyperbrush.policy.Preset;
import dev.hyperbrush.policy.Presets;
import dev.hyperbrush.policy.Scope;

/**
 * {@code /preset share}: copies an own preset to the server. A moderator's is there at once, that
 * of others when a moderator has let it in. Thread-safe.
 */
final class PresetShareCommand implements PresetVerb {
  private final PresetDesk desk;
  private final Presets presets;

  PresetShareCommand(PresetDesk desk, Presets presets) {
    this.desk = desk;
    this.presets = presets;
  }

  @Override
  public Usage usage() {
    return Usage.of("preset share").needs("preset");
  }

  @Override
  public Reply run(Call call) {
    Scope server =
        Presets.server(call.situation())
            .orElseThrow(() -> new Refusal(ReasonCode.PRESET_SHARE_NEEDS_SERVER));
    Preset preset = PresetDesk.requireStored(desk.named(usage(), call));
    if (preset.shared()) {
      throw new Refusal(ReasonCode.PRESET_NAME_TAKEN, preset.name().shown());
    }
    boolean offered = !call.situation().may(Permission.MODERATOR);
    Preset shared = presets.share(call.personId(), preset, server, offered);
    String key = offered ? "preset.isOffered" : "preset.shared";
    return PresetDesk.reply(call, Texts.get(call.locale(), key, shared.name().shown()), shared);
  }
}
