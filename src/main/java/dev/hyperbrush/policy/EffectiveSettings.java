package dev.hyperbrush.policy;

import dev.hyperbrush.generation.GenerationRequest;
import dev.hyperbrush.generation.Phrase;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * Turns a wish into a request: what the command leaves open comes from its presets, the person's
 * own defaults, those of their roles, of the channel, of the server, the operator's settings, and
 * what those leave open from the model. What cannot be had as asked is changed to the nearest that
 * can, with a notice; what cannot be guessed is refused.
 *
 * <p>Thread-safe as long as the source of chance is.
 */
public final class EffectiveSettings {
  private final Choices choices;
  private final Layer operator;
  private final SettingSource source;
  private final RandomGenerator chance;

  public EffectiveSettings(
      Choices choices, OperatorSettings operator, SettingSource source, RandomGenerator chance) {
    this.choices = choices;
    this.operator = operator.layer();
    this.source = source;
    this.chance = chance;
  }

  /** With the operator's settings only. */
  public EffectiveSettings(Choices choices, OperatorSettings operator, RandomGenerator chance) {
    this(choices, operator, SettingSource.NONE, chance);
  }

  /**
   * What a wish comes to.
   *
   * @param notices what of the wish had to be changed
   * @param spoiler whether the pictures are covered until somebody wants to see them
   * @param allowances how much the person may ask for
   */
  public record Settled(
      GenerationRequest request, List<Phrase> notices, boolean spoiler, Allowances allowances) {
    public Settled {
      notices = List.copyOf(notices);
    }
  }

  /** With all that is set where the person asks. */
  public Settled settle(Wish wish, Situation situation) {
    List<Layer> presets =
        wish.presets().stream().map(name -> source.preset(name, situation)).toList();
    return settle(new Settlement(choices.now(), wish, layers(situation), presets));
  }

  /** With the settings that are for everybody, as for a command line. */
  public Settled settle(Wish wish) {
    List<Layer> presets = wish.presets().stream().map(this::ofCatalogue).toList();
    return settle(new Settlement(choices.now(), wish, List.of(operator), presets));
  }

  private Layer ofCatalogue(String name) {
    Preset preset = Presets.named(name, choices.presets().stream().map(Preset::of).toList());
    return new Layer(Scope.preset(preset.name().shown()), preset.values());
  }

  private Settled settle(Settlement settlement) {
    GenerationRequest request = settlement.request(chance);
    return new Settled(
        request, settlement.notices(), settlement.spoiler(), settlement.allowances());
  }

  /** What is set where somebody asks. */
  public Resolution resolution(Situation situation) {
    return new Resolution(layers(situation));
  }

  /** What whoever runs the program has set. */
  public Resolution operators() {
    List<Layer> layers = new ArrayList<>(List.of(operator));
    source.everywhere().ifPresent(layers::add);
    return new Resolution(layers);
  }

  private List<Layer> layers(Situation situation) {
    List<Layer> layers = new ArrayList<>(List.of(operator));
    layers.addAll(source.around(situation));
    return layers;
  }
}
