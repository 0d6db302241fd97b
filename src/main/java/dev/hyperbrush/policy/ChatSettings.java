package dev.hyperbrush.policy;

import java.util.List;
import java.util.Optional;

/** What people have set in chat: in scopes, and as presets. Thread-safe. */
public record ChatSettings(ScopeSettings scopes, Presets presets) implements SettingSource {
  @Override
  public List<Layer> around(Situation situation) {
    return scopes.around(situation);
  }

  @Override
  public Optional<Layer> everywhere() {
    return Optional.of(new Layer(Scope.EVERYWHERE, scopes.of(Scope.EVERYWHERE)));
  }

  @Override
  public Layer preset(String name, Situation situation) {
    Preset preset = presets.find(name, situation);
    return new Layer(Scope.preset(preset.name().shown()), preset.values());
  }
}
