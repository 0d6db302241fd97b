package dev.hyperbrush.checkpoint;

import dev.hyperbrush.checkpoint.FusedCache.Fused;
import dev.hyperbrush.generation.Refusal;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The weights of one loaded model with LoRAs fused into them: each layer is computed in 32-bit
 * floats, from the base's own values every time, and stored in a file of the cache (see {@link
 * FusionSettings.Precision} for its element type). The same LoRAs on the same files are computed
 * only once, for all processes and starts.
 *
 * <p>Owned by one thread.
 */
public final class LoraFusion implements AutoCloseable {
  private final LoraLayers layers;
  private final FusedCache cache;
  private final Map<String, Weights> bases = new LinkedHashMap<>();
  private Map<String, Stored> stored = Map.of();

  /** A component as it is fused now; another one is another object. */
  private static final class Stored {
    final FusedComponent plan;
    final String key;
    final Fused file;
    final Weights weights;

    Stored(FusedComponent plan, String key, Fused file) {
      this.plan = plan;
      this.key = key;
      this.file = file;
      this.weights = plan.weights(file.file());
    }
  }

  /**
   * What another set of LoRAs changed.
   *
   * @param components whose {@link LoraFusion#weights} are other ones now
   * @param computed layers that were computed for that
   * @param reused layers that lay in the cache, or are as they were before
   * @param reports one for each LoRA, in order
   */
  public record Change(
      Set<String> components, int computed, int reused, List<LoraReport> reports) {}

  /**
   * Nothing is fused yet.
   *
   * @param bases the weights of the UNet and of each text encoder, as they are in their files
   */
  public LoraFusion(List<Weights> bases, FusedCache cache) {
    this.layers = new LoraLayers(bases);
    this.cache = cache;
    bases.forEach(base -> this.bases.put(base.component(), base));
  }

  /**
   * The component's weights as they are fused now: the same object until they change. Should
   * someone have emptied the cache, they are computed again.
   */
  public Weights weights(String component) {
    Stored now = stored.get(component);
    if (now == null) {
      return base(component);
    }
    if (!now.file.exists()) {
      now.plan.obtain(cache).close();
    }
    return now.weights;
  }

  private Weights base(String component) {
    Weights base = bases.get(component);
    if (base == null) {
      throw new IllegalArgumentException("no component " + component);
    }
    return base;
  }

  /**
   * Fuses these LoRAs and no others. When one is refused, everything stays as it was.
   *
   * @throws Refusal when a LoRA is not for this model, a file is broken, or the disk is full
   */
  public Change fuse(List<AppliedLora> loras) {
    FusionPlan plan = FusionPlan.of(loras, layers);
    Map<String, Stored> next = new HashMap<>();
    try {
      for (Weights base : bases.values()) {
        List<FusedLayer> touched = plan.of(base.component());
        if (!touched.isEmpty()) {
          next.put(base.component(), store(new FusedComponent(base, touched, cache.settings())));
        }
      }
    } catch (RuntimeException | Error e) {
      closeThoseOnlyIn(next, stored);
      throw e;
    }
    Map<String, Stored> before = stored;
    stored = next;
    closeThoseOnlyIn(before, next);
    return change(before, plan.reports());
  }

  private Stored store(FusedComponent component) {
    String key = component.key();
    Stored before = stored.get(component.base().component());
    if (before != null && before.key.equals(key) && before.file.exists()) {
      return before;
    }
    return new Stored(component, key, component.obtain(cache));
  }

  private Change change(Map<String, Stored> before, List<LoraReport> reports) {
    Set<String> changed = new LinkedHashSet<>();
    int computed = 0;
    int reused = 0;
    for (String component : bases.keySet()) {
      Stored old = before.get(component);
      Stored now = stored.get(component);
      if (old != now) {
        changed.add(component);
      }
      if (now != null && old != now && !now.file.reused()) {
        computed += now.plan.layers().size();
      } else if (now != null) {
        reused += now.plan.layers().size();
      }
    }
    return new Change(changed, computed, reused, reports);
  }

  private static void closeThoseOnlyIn(Map<String, Stored> these, Map<String, Stored> others) {
    these.forEach((component, each) -> {
      if (others.get(component) != each) {
        each.file.close();
      }
    });
  }

  /** From now on the files of the cache may go. */
  @Override
  public void close() {
    closeThoseOnlyIn(stored, Map.of());
    stored = Map.of();
  }
}
