package dev.hyperbrush.onnx;

import java.util.Locale;
import java.util.regex.Pattern;

/**
 * The card, or the machine, has no memory left for what a session wanted to do. The session can be
 * used again, with less to do.
 */
public final class OutOfMemory extends RuntimeException {
  private static final long serialVersionUID = 1;

  /**
   * What ONNX Runtime 1.29 and the libraries under it say: its arena (also at a limit), CUDA,
   * cuBLAS, cuFFT, cuDNN 8 and 9, TensorRT, C++. It has no error code for that.
   */
  private static final Pattern TEXTS =
      Pattern.compile(
          "failed to allocate memory"
              + "|available memory of [0-9]+ is smaller than requested"
              + "|memory allocation failed"
              + "|failed to find a free memory block"
              + "|out[ _]?of[ _]?memory"
              + "|cudaerrormemoryallocation"
              + "|_alloc_failed"
              + "|_allocation_failed"
              + "|bad[ _]alloc"
              + "|not enough memory|insufficient memory|cannot allocate memory");

  /**
   * For a part of a model.
   *
   * @param why what ONNX Runtime says
   */
  public OutOfMemory(String model, String why, Throwable cause) {
    super(model + ": " + why, cause);
  }

  /** Whether an error of ONNX Runtime means that. */
  static boolean isMeantBy(String message) {
    return TEXTS.matcher(message.toLowerCase(Locale.ROOT)).find();
  }
}
