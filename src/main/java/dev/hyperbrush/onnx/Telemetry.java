package dev.hyperbrush.onnx;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Optional;

/**
 * Keeps ONNX Runtime from reporting to its makers.
 *
 * <p>Since 1.29 its Linux and macOS builds read the command line (where a prompt may be), store an
 * identifier and send events over the network, unless an environment variable says otherwise before
 * they are loaded (microsoft/onnxruntime, pull request 27379). They also overflow the stack, and so
 * end the process, on a command line of some 6000 characters. Java cannot set variables of its own
 * process; the C library can.
 */
final class Telemetry {
  private static final String VARIABLE = "ORT_DISABLE_TELEMETRY";

  /** To be called before ONNX Runtime is first used. */
  static void disable() {
    if (System.getenv(VARIABLE) != null) {
      return;
    }
    Linker linker = Linker.nativeLinker();
    // Absent on Windows, where the variable would do nothing.
    Optional<MemorySegment> setenv = linker.defaultLookup().find("setenv");
    setenv.ifPresent(function -> setVariable(linker, function));
  }

  @SuppressWarnings("restricted") // the signature is that of POSIX
  private static void setVariable(Linker linker, MemorySegment setenv) {
    FunctionDescriptor signature =
        FunctionDescriptor.of(
            ValueLayout.JAVA_INT, ValueLayout.ADDRESS, ValueLayout.ADDRESS, ValueLayout.JAVA_INT);
    int overwrite = 1;
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment name = arena.allocateFrom(VARIABLE);
      MemorySegment value = arena.allocateFrom("1");
      int result =
          (int) linker.downcallHandle(setenv, signature).invokeExact(name, value, overwrite);
      if (result != 0) {
        throw new IllegalStateException("setenv failed");
      }
    } catch (Throwable e) { // what a method handle declares
      throw new IllegalStateException("cannot keep ONNX Runtime from reporting to its makers", e);
    }
  }

  private Telemetry() {}
}
