package dev.hyperbrush.onnx;

import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession.RunOptions;
import dev.hyperbrush.generation.Cancellation;

/**
 * The options of one run, which a cancellation can end between two operators.
 *
 * <p>Thread-safe: whoever cancels may do so while the run ends and its native options are freed.
 */
final class StoppableRun implements AutoCloseable {
  private final RunOptions options;
  private final Cancellation.Registration registration;
  private boolean closed;

  StoppableRun(Cancellation cancellation) throws OrtException {
    options = new RunOptions();
    registration = cancellation.onRequest(this::stop);
  }

  RunOptions options() {
    return options;
  }

  private synchronized void stop() {
    if (closed) {
      return;
    }
    try {
      options.setTerminate(true);
    } catch (OrtException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public synchronized void close() {
    registration.close();
    closed = true;
    options.close();
  }
}
