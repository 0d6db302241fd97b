package dev.hyperbrush.graph;

/** Which hidden states of a text encoder are the prompt's embedding. */
public enum PromptStates {
  /** The output of the last layer but one, as it is: SDXL. */
  PENULTIMATE(1),
  /** The output of the last layer, normalized: SD 1.5. */
  LAST_NORMED(0);

  private final int layersBeforeLast;

  PromptStates(int layersBeforeLast) {
    this.layersBeforeLast = layersBeforeLast;
  }

  /** How many layers of {@code layers} are run when {@code clipSkip} further ones are skipped. */
  public int layersRun(int layers, int clipSkip) {
    return layers - layersBeforeLast - clipSkip;
  }
}
