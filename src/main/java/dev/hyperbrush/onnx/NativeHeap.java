package dev.hyperbrush.onnx;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.util.Optional;

/**
 * The C library's memory. What a session has freed stays with the process otherwise: gigabytes,
 * after the weights of a model. Thread-safe.
 */
final class NativeHeap {
  /** Of the GNU C library; others give back by themselves. */
  private static final Optional<MethodHandle> TRIM = find();

  @SuppressWarnings("restricted") // the signature is that of malloc.h
  private static Optional<MethodHandle> find() {
    Linker linker = Linker.nativeLinker();
    Optional<MemorySegment> trim = linker.defaultLookup().find("malloc_trim");
    return trim.map(function ->
        linker.downcallHandle(
            function, FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.JAVA_LONG)));
  }

  /** Gives the system back what is free. */
  static void trim() {
    if (TRIM.isPresent()) {
      try {
        var _ = (int) TRIM.get().invokeExact(0L);
      } catch (Throwable e) { // what a method handle declares
        throw new IllegalStateException("malloc_trim failed", e);
      }
    }
  }

  private NativeHeap() {}
}
