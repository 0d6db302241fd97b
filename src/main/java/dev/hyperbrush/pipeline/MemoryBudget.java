package dev.hyperbrush.pipeline;

import java.lang.management.ManagementFactory;
import java.util.function.LongSupplier;

/**
 * How much memory the weights of open networks may take.
 *
 * <p>Immutable.
 *
 * @param severalModels whether networks of more than one model may be open
 */
public record MemoryBudget(LongSupplier bytes, boolean severalModels) {
  /**
   * The rest is for what pictures need besides, the program itself, and everything else on the
   * machine. With 24 GiB the networks of an SDXL in 32 bits (13.9 GB) take turns, so that the
   * process stays below 14 GB.
   */
  private static final double SHARE = 0.5;

  /** Fits everywhere: no need to ask the machine. */
  private static final long SMALL = 256L << 20;

  /** Of a fixed size. */
  public static MemoryBudget of(long bytes) {
    return new MemoryBudget(() -> bytes, true);
  }

  /** Half of what the machine, or the container with this program in it, has. */
  public static MemoryBudget ofMachine() {
    return new MemoryBudget(MemoryBudget::machine, true);
  }

  /** One model, whatever its size: for a card, of which it is not known how much it has. */
  public static MemoryBudget oneModel() {
    return new MemoryBudget(() -> Long.MAX_VALUE, false);
  }

  boolean holds(long wanted) {
    return wanted <= SMALL || wanted <= bytes.getAsLong();
  }

  private static long machine() {
    return ManagementFactory.getOperatingSystemMXBean()
            instanceof com.sun.management.OperatingSystemMXBean system
        ? (long) (SHARE * system.getTotalMemorySize())
        : Long.MAX_VALUE;
  }
}
