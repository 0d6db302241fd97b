package dev.hyperbrush.onnx;

/**
 * Told what sessions do and how long it takes, to measure by. Times are those of {@link
 * System#nanoTime}. Called on the thread that owns the session.
 */
public interface RunObserver {
  /** Tells nobody. */
  RunObserver NONE =
      new RunObserver() {
        @Override
        public void opened(String network, long from, long to) {}

        @Override
        public void ran(String network, long from, long to) {}
      };

  /** A session was opened: its weights were loaded, or an optimised copy was made of them. */
  void opened(String network, long from, long to);

  /** ONNX Runtime has computed; copying to it and from it is not in these times. */
  void ran(String network, long from, long to);
}
