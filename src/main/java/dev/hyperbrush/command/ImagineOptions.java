package dev.hyperbrush.command;

import dev.hyperbrush.generation.GenerationRequest;
import dev.hyperbrush.generation.LoraWeight;
import dev.hyperbrush.generation.Seed;
import dev.hyperbrush.policy.Choices;
import dev.hyperbrush.policy.SizeWish;
import dev.hyperbrush.policy.Wish;
import dev.hyperbrush.scheduler.Schedulers;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The options of {@code /imagine}: declared here and nowhere else, with the names that people bring
 * along from other tools, and what they mean together. Immutable.
 */
final class ImagineOptions {
  /** Known from other tools or planned; typed today, they get an honest answer. */
  private static final Set<String> LATER =
      Set.of(
          "strength",
          "denoise",
          "image",
          "iw",
          "mask",
          "hires",
          "hr",
          "upscale",
          "u",
          "tile",
          "x",
          "y",
          "rng",
          "private",
          "dm");

  private final Option<Long> steps =
      Option.of("steps", new Kind.Whole(1, GenerationRequest.MAX_STEPS), "4")
          .alias("step", "s")
          .asCommon();
  private final Option<Double> guidance =
      Option.of("guidance", new Kind.Decimal(0, GenerationRequest.MAX_GUIDANCE), "4")
          .alias("cfg", "scale", "cfgscale")
          .asCommon();
  private final Option<Long> seed =
      Option.of("seed", new Kind.Whole(-1, Long.MAX_VALUE), "7").asCommon();
  private final Option<SizeWish.Pixels> size = Option.of("size", new Kind.Size(), "1024x768");
  private final Option<Long> width = Option.of("width", Kind.Size.SIDE, "1024").alias("w");
  private final Option<Long> height = Option.of("height", Kind.Size.SIDE, "768").alias("h");
  private final Option<SizeWish.Ratio> ratio =
      Option.of("ar", new Kind.Ratio(), "3:2").alias("aspect").asCommon();
  private final Option<String> no =
      Option.of("no", new Kind.Text(), "text, blurry").alias("negative", "neg").asCommon();
  private final Option<Long> count =
      Option.of("count", new Kind.Whole(1, GenerationRequest.MAX_COUNT), "4")
          .alias("n", "batch", "repeat")
          .asCommon();
  private final Option<Double> eta = Option.of("eta", new Kind.Decimal(0, 1), "0.5");
  private final Option<String> preset =
      Option.of("preset", new Kind.Word("name"), "moody").alias("style").asRepeatable();
  private final Option<Boolean> spoiler = Option.of("spoiler", new Kind.Switch(), "");
  private final Option<Boolean> draft = Option.of("draft", new Kind.Switch(), "").alias("q");
  private final Option<String> model;
  private final Option<String> scheduler;
  private final Option<LoraWeight> lora;

  ImagineOptions(Choices choices) {
    model =
        Option.of(
                "model",
                new Kind.Name(choices::modelIds, name -> choices.modelIds().contains(name)),
                choices.defaultModel().id())
            .alias("checkpoint", "m")
            .asCommon();
    scheduler =
        Option.of(
                "scheduler",
                new Kind.Name(
                    choices::schedulers, name -> Schedulers.canonicalName(name).isPresent()),
                "TCD")
            .alias("sampler", "sampling");
    lora =
        Option.of("lora", new Kind.Lora(choices::loras, choices::usualWeight), "name:0.8")
            .asRepeatable();
  }

  /** What {@code /imagine} takes. */
  Usage usage() {
    return Usage.of("imagine")
        .needs("prompt")
        .with(
            no, steps, guidance, seed, ratio, size, width, height, count, model, scheduler, eta,
            lora, preset, draft, spoiler)
        .notYet(LATER)
        .drawing();
  }

  /** What somebody who said this wants. */
  Wish wish(Arguments arguments) {
    return wish(arguments.text(), arguments);
  }

  /** The same with other words for a prompt. */
  Wish wish(String text, Arguments arguments) {
    LoraTags prompt = LoraTags.cut(text, lora);
    List<LoraWeight> loras = new ArrayList<>(prompt.loras());
    loras.addAll(arguments.all(lora));
    return new Wish(
        prompt.text(),
        negativePrompt(arguments),
        arguments.get(model),
        whole(arguments.get(steps)),
        decimal(arguments.get(guidance)),
        arguments.get(seed).filter(value -> value >= 0).map(Seed::new),
        size(arguments),
        whole(arguments.get(count)),
        arguments.get(scheduler),
        decimal(arguments.get(eta)),
        loras,
        arguments.all(preset).stream().flatMap(names -> Stream.of(names.split(","))).toList(),
        arguments.get(spoiler),
        arguments.get(draft),
        false);
  }

  /**
   * What somebody wants who changes something about a picture: the rest is as it was asked for.
   * What another model takes for steps and the like is its own.
   */
  Wish remix(String text, Arguments arguments, GenerationRequest before) {
    Wish said = wish(text, arguments);
    String negative =
        arguments
            .get(no)
            .map(typed -> typed.equals(JobForm.NOTHING) ? "" : typed)
            .orElse(before.negativePrompt());
    boolean sameModel = said.model().filter(name -> !name.equals(before.model())).isEmpty();
    boolean sameWords =
        said.prompt().isBlank() && arguments.get(no).isEmpty() && said.presets().isEmpty();
    Wish was = Wish.again(before);
    return new Wish(
        said.prompt().isBlank() ? before.prompt() : said.prompt(),
        negative,
        said.model().or(was::model),
        said.steps().isPresent() || !sameModel ? said.steps() : was.steps(),
        said.guidanceScale().isPresent() || !sameModel ? said.guidanceScale() : was.guidanceScale(),
        arguments.get(seed).isPresent() ? said.seed() : was.seed(),
        said.size().or(was::size),
        said.count().isPresent() ? said.count() : was.count(),
        said.scheduler().or(() -> sameModel ? was.scheduler() : Optional.empty()),
        said.eta().isPresent() || !sameModel ? said.eta() : was.eta(),
        said.loras().isEmpty() ? was.loras() : said.loras(),
        said.presets(),
        said.spoiler(),
        said.draft().or(was::draft),
        sameWords);
  }

  /** What a preset can keep. */
  List<Option<?>> ofPreset() {
    return usage().options().stream().filter(option -> !option.equals(preset)).toList();
  }

  String negativePrompt(Arguments arguments) {
    return arguments.get(no).orElse("");
  }

  /** Of a size and a ratio the one mentioned last counts; single sides amend a size. */
  private Optional<SizeWish> size(Arguments arguments) {
    Optional<SizeWish> wish = Optional.empty();
    for (String mentioned : arguments.mentioned()) {
      if (mentioned.equals(size.name())) {
        wish = arguments.get(size).map(SizeWish.class::cast);
      } else if (mentioned.equals(ratio.name())) {
        wish = arguments.get(ratio).map(SizeWish.class::cast);
      } else if (mentioned.equals(width.name())) {
        SizeWish.Pixels sides = sides(wish);
        wish = arguments.get(width).map(side -> sides.withWidth(Math.toIntExact(side)));
      } else if (mentioned.equals(height.name())) {
        SizeWish.Pixels sides = sides(wish);
        wish = arguments.get(height).map(side -> sides.withHeight(Math.toIntExact(side)));
      }
    }
    return wish;
  }

  private static SizeWish.Pixels sides(Optional<SizeWish> wish) {
    return wish.isPresent() && wish.get() instanceof SizeWish.Pixels sides
        ? sides
        : new SizeWish.Pixels(OptionalInt.empty(), OptionalInt.empty());
  }

  private static OptionalInt whole(Optional<Long> value) {
    return value.map(number -> OptionalInt.of(Math.toIntExact(number))).orElse(OptionalInt.empty());
  }

  private static OptionalDouble decimal(Optional<Double> value) {
    return value.map(OptionalDouble::of).orElse(OptionalDouble.empty());
  }
}
