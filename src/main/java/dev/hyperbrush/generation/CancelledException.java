package dev.hyperbrush.generation;

/** Drawing stopped because somebody asked for it. Not an error. */
public final class CancelledException extends RuntimeException {
  public CancelledException() {
    super("cancelled");
  }
}
