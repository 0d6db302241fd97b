package dev.hyperbrush.policy;

/** What operators of tests decide. */
public final class ExampleSettings {
  /** The usual settings with other allowances. */
  public static OperatorSettings with(Allowances allowances) {
    OperatorSettings usual = OperatorSettings.standard();
    return new OperatorSettings(
        usual.defaultModel(),
        usual.maxPixels(),
        usual.maxSteps(),
        usual.maxCount(),
        usual.maxPromptLength(),
        allowances,
        usual.queueLimits(),
        usual.quotaDay());
  }

  private ExampleSettings() {}
}
