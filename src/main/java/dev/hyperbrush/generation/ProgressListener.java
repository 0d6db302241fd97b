package dev.hyperbrush.generation;

/** Told how far a picture is. Called on the drawing thread, so it returns at once. */
@FunctionalInterface
public interface ProgressListener {
  ProgressListener NONE = progress -> {};

  void onStep(StepProgress progress);
}
