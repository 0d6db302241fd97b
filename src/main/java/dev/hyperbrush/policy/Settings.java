package dev.hyperbrush.policy;

import dev.hyperbrush.generation.GenerationRequest;
import dev.hyperbrush.generation.ImageSize;
import dev.hyperbrush.generation.LoraWeight;
import dev.hyperbrush.policy.Setting.Use;
import java.util.List;
import java.util.Optional;

/**
 * All settings, declared here and nowhere else: what {@code /defaults} takes, what {@code
 * /settings} shows, what presets keep and what requests are settled by are all built from this.
 */
public final class Settings {
  /** House styles and presets are sentences, not chapters. */
  private static final int LONGEST_STYLE = 1000;

  public static final Setting<String> MODEL =
      new Setting<>("model", Use.DEFAULT, new SettingKind.OneOf(Library.MODELS), "tiny");
  public static final Setting<Long> STEPS =
      new Setting<>(
          "steps", Use.DEFAULT, new SettingKind.Whole(1, GenerationRequest.MAX_STEPS), "6");
  public static final Setting<Double> GUIDANCE =
      new Setting<>(
          "guidance", Use.DEFAULT, new SettingKind.Decimal(0, GenerationRequest.MAX_GUIDANCE), "4");
  public static final Setting<SizeWish> SIZE =
      new Setting<>("size", Use.DEFAULT, new SettingKind.Shape(), "1024x768");
  public static final Setting<String> SCHEDULER =
      new Setting<>("scheduler", Use.DEFAULT, new SettingKind.OneOf(Library.SCHEDULERS), "TCD");
  public static final Setting<Double> ETA =
      new Setting<>("eta", Use.DEFAULT, new SettingKind.Decimal(0, 1), "0.5");
  public static final Setting<Long> COUNT =
      new Setting<>(
          "count", Use.DEFAULT, new SettingKind.Whole(1, GenerationRequest.MAX_COUNT), "2");
  public static final Setting<Boolean> SPOILER =
      new Setting<>("spoiler", Use.DEFAULT, new SettingKind.OnOff(), "on");
  public static final Setting<Boolean> DRAFT =
      new Setting<>("draft", Use.DEFAULT, new SettingKind.OnOff(), "on");
  public static final Setting<String> NO = style("no", "text, blurry");
  public static final Setting<String> PREFIX = style("prefix", "watercolor of");
  public static final Setting<String> SUFFIX = style("suffix", "soft light");

  public static final Setting<List<String>> MODELS =
      new Setting<>("models", Use.ALLOWED, new SettingKind.SomeOf(Library.MODELS), "tiny");
  public static final Setting<List<String>> LORAS =
      new Setting<>("loras", Use.ALLOWED, new SettingKind.SomeOf(Library.LORAS), "tiny-fast");
  public static final Setting<List<String>> SCHEDULERS =
      new Setting<>("schedulers", Use.ALLOWED, new SettingKind.SomeOf(Library.SCHEDULERS), "TCD");
  public static final Setting<Long> MAX_PIXELS =
      most(
          "max-pixels",
          (long) ImageSize.MIN * ImageSize.MIN,
          (long) ImageSize.MAX * ImageSize.MAX,
          "1048576");
  public static final Setting<Long> MAX_STEPS =
      most("max-steps", 1, GenerationRequest.MAX_STEPS, "12");
  public static final Setting<Long> MAX_COUNT =
      most("max-count", 1, GenerationRequest.MAX_COUNT, "2");
  public static final Setting<Long> MAX_PROMPT = most("max-prompt", 1, 100_000, "500");
  public static final Setting<Long> MAX_WAITING =
      most("max-waiting", 1, Allowances.MOST_WAITING, "5");
  public static final Setting<Long> DAILY =
      most("daily", Allowances.LEAST_DAILY_WORK, Allowances.MOST_DAILY_WORK, "500000000");
  public static final Setting<Long> BURST = most("burst", 1, Allowances.MOST_BURST, "10");
  public static final Setting<Double> REFILL =
      new Setting<>("refill", Use.LEAST, new SettingKind.Decimal(0.001, 86_400), "5");

  public static final Setting<Double> WEIGHT =
      new Setting<>("weight", Use.OF_ROLE, new SettingKind.Decimal(0.1, 10), "2");
  public static final Setting<Long> PRIORITY =
      new Setting<>("priority", Use.OF_ROLE, new SettingKind.Whole(0, 1000), "10");

  public static final Setting<String> TEXT =
      new Setting<>(
          "text", Use.OF_PRESET, new SettingKind.Text("text", LONGEST_STYLE), "{prompt}, at dusk");
  public static final Setting<Long> SEED =
      new Setting<>("seed", Use.OF_PRESET, new SettingKind.Whole(0, Long.MAX_VALUE), "7");
  public static final Setting<List<LoraWeight>> LORA =
      new Setting<>("lora", Use.OF_PRESET, new SettingKind.Loras(), "name:0.8");

  /** In the order to show them. */
  public static final List<Setting<?>> ALL =
      List.of(
          MODEL,
          STEPS,
          GUIDANCE,
          SIZE,
          SCHEDULER,
          ETA,
          COUNT,
          SPOILER,
          DRAFT,
          NO,
          PREFIX,
          SUFFIX,
          MODELS,
          LORAS,
          SCHEDULERS,
          MAX_PIXELS,
          MAX_STEPS,
          MAX_COUNT,
          MAX_PROMPT,
          MAX_WAITING,
          DAILY,
          BURST,
          REFILL,
          WEIGHT,
          PRIORITY,
          TEXT,
          SEED,
          LORA);

  /** Those that can be set in a kind of scope. */
  public static List<Setting<?>> of(ScopeKind scope) {
    return ALL.stream().filter(setting -> setting.isFor(scope)).toList();
  }

  public static Optional<Setting<?>> find(String name) {
    for (Setting<?> setting : ALL) {
      if (setting.name().equals(name)) {
        return Optional.of(setting);
      }
    }
    return Optional.empty();
  }

  private static Setting<String> style(String name, String example) {
    return new Setting<>(name, Use.STYLE, new SettingKind.Text(name, LONGEST_STYLE), example);
  }

  private static Setting<Long> most(String name, long min, long max, String example) {
    return new Setting<>(name, Use.MOST, new SettingKind.Whole(min, max), example);
  }

  private Settings() {}
}
