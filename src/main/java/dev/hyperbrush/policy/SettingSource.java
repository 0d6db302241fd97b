package dev.hyperbrush.policy;

import dev.hyperbrush.generation.ReasonCode;
import dev.hyperbrush.generation.Refusal;
import dev.hyperbrush.generation.Shown;
import java.util.List;
import java.util.Optional;

/** Where what was set in chat is found. Implementations are thread-safe and fast. */
public interface SettingSource {
  /** Nothing was set. */
  SettingSource NONE =
      new SettingSource() {
        @Override
        public List<Layer> around(Situation situation) {
          return List.of();
        }

        @Override
        public Optional<Layer> everywhere() {
          return Optional.empty();
        }

        @Override
        public Layer preset(String name, Situation situation) {
          throw unknownPreset(name);
        }
      };

  /** For places that have no presets. */
  static Refusal unknownPreset(String name) {
    return new Refusal(ReasonCode.PRESET_UNKNOWN, Shown.brief(name), "–");
  }

  /** What is set for a situation, from the widest scope to the narrowest. */
  List<Layer> around(Situation situation);

  /** What is set for all places. */
  Optional<Layer> everywhere();

  /**
   * The preset of this name.
   *
   * @throws Refusal when there is none
   */
  Layer preset(String name, Situation situation);
}
