package dev.hyperbrush.command;

import dev.hyperbrush.chat.Reply;
import dev.hyperbrush.chat.Texts;
import dev.hyperbrush.generation.ReasonCode;
import dev.hyperbrush.generation.Refusal;
import dev.hyperbrush.policy.Choices;
import dev.hyperbrush.policy.EffectiveSettings;
import dev.hyperbrush.policy.Preset;
import dev.hyperbrush.policy.PresetName;
import dev.hyperbrush.policy.Presets;
import dev.hyperbrush.policy.SettingValues;
import dev.hyperbrush.policy.Settings;
import dev.hyperbrush.policy.Wish;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * {@code /preset save}: keeps options and words under a name, and nothing that was not said.
 * Thread-safe.
 */
final class PresetSaveCommand implements Verb {
  private final Option<String> text = Option.of("text", new Kind.Text(), "{prompt}, at dusk");
  private final Option<Long> from = Option.of("from", new Kind.Whole(1, Long.MAX_VALUE), "12");
  private final Option<Boolean> replace = Option.of("replace", new Kind.Switch(), "");

  private final ImagineOptions options;
  private final Choices choices;
  private final EffectiveSettings settings;
  private final Presets presets;
  private final JobDesk jobs;

  PresetSaveCommand(
      ImagineOptions options,
      Choices choices,
      EffectiveSettings settings,
      Presets presets,
      JobDesk jobs) {
    this.options = options;
    this.choices = choices;
    this.settings = settings;
    this.presets = presets;
    this.jobs = jobs;
  }

  @Override
  public Usage usage() {
    Option<?>[] all =
        Stream.concat(Stream.of(text, from, replace), options.ofPreset().stream())
            .toArray(Option<?>[]::new);
    return Usage.of("preset save").needs("preset").with(all);
  }

  @Override
  public Reply run(Call call) {
    String[] words = PresetDesk.needed(usage(), call.arguments().text()).split(" ", 2);
    PresetName name = PresetName.of(words[0]);
    String behind = words.length > 1 ? words[1].strip() : "";
    SettingValues values = values(call, call.arguments().get(text).orElse(behind));
    if (values.isEmpty()) {
      throw new Refusal(ReasonCode.PRESET_EMPTY, name.shown());
    }
    Preset saved =
        presets.save(
            call.personId(),
            name,
            values.checked(choices, settings.operators()),
            call.arguments().get(replace).orElse(false));
    String answer = Texts.get(call.locale(), "preset.saved", saved.name().shown());
    return PresetDesk.reply(call, answer, saved);
  }

  /** What the picture had, and over it what was said. */
  private SettingValues values(Call call, String words) {
    Wish wish = options.wish(words, call.arguments());
    SettingValues.Builder values = SettingValues.builder();
    call.arguments().get(from).ifPresent(job -> values.putAll(of(call, job)));
    return values
        .putAll(wish.values())
        .put(Settings.TEXT, Optional.of(wish.prompt()).filter(prompt -> !prompt.isEmpty()))
        .build();
  }

  /** Each picture has its own seed and words; what a preset is for is the rest. */
  private SettingValues of(Call call, long job) {
    return Wish.again(jobs.visible(call, job).request())
        .values()
        .without(Settings.SEED)
        .without(Settings.COUNT);
  }
}
