package dev.hyperbrush.command;

import dev.hyperbrush.chat.Reply;
import dev.hyperbrush.chat.Texts;
import dev.hyperbrush.policy.Preset;
import dev.hyperbrush.policy.PresetName;
import dev.hyperbrush.policy.Presets;

/** {@code /preset rename old new}. Thread-safe. */
final class PresetRenameCommand implements Verb {
  private final PresetDesk desk;
  private final Presets presets;

  PresetRenameCommand(PresetDesk desk, Presets presets) {
    this.desk = desk;
    this.presets = presets;
  }

  @Override
  public Usage usage() {
    return Usage.of("preset rename").needs("names").with(desk.sharedOption());
  }

  @Override
  public Reply run(Call call) {
    String[] names = PresetDesk.needed(usage(), call.arguments().text()).split(" +", 2);
    Preset preset = PresetDesk.requireRight(call, desk.named(call, names[0]));
    PresetName name = PresetName.of(names.length > 1 ? names[1] : "");
    Preset renamed = presets.rename(call.personId(), preset, name);
    return PresetDesk.reply(
        call,
        Texts.get(call.locale(), "preset.renamed", preset.name().shown(), name.shown()),
        renamed);
  }
}
