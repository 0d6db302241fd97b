package dev.hyperbrush.command;

import dev.hyperbrush.chat.Reply;
import dev.hyperbrush.chat.Texts;
import dev.hyperbrush.policy.Preset;
import dev.hyperbrush.policy.Presets;
import java.util.List;

/**
 * {@code /preset delete}: one's own, one that one has shared, or as a moderator any of the server.
 * It can be undone. Thread-safe.
 */
final class PresetDeleteCommand implements PresetVerb {
  private final PresetDesk desk;
  private final Presets presets;

  PresetDeleteCommand(PresetDesk desk, Presets presets) {
    this.desk = desk;
    this.presets = presets;
  }

  @Override
  public Usage usage() {
    return Usage.of("preset delete").needs("preset").with(desk.sharedOption()).evenWhenBanned();
  }

  @Override
  public Reply run(Call call) {
    Preset preset = PresetDesk.requireRight(call, desk.named(usage(), call));
    Reply reply = Reply.text(Texts.get(call.locale(), "preset.deleted", preset.name().shown()));
    return presets
        .delete(call.personId(), preset)
        .map(change -> reply.withCards(List.of(ChangeText.card(call.locale(), change))))
        .orElse(reply);
  }
}
