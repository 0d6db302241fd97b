package dev.hyperbrush.graph;

import dev.hyperbrush.tensor.Tensor;
import java.util.List;

/**
 * What tells all resnets the time and, in SDXL, also the size of the picture and the gist of the
 * prompt ("text_time", arXiv 2307.01952, section 2.2).
 */
record TimeEmbedding(UnetConfig config, GraphBuilder graph) {
  private static final double LONGEST_PERIOD = 10_000;

  /** {@code [batch, size]}, activated as resnets want it. */
  Feature build() {
    Layers root = new Layers(graph, "");
    Value timestep = graph.input(UnetGraph.TIMESTEP, ElementType.FLOAT, Dim.of(1));
    Feature time = waves(timestep, config.blocks().getFirst().channels(), -1, 1);
    time = twoLayers(root.in("time_embedding"), time);
    if (config.added().isPresent()) {
      Feature told = pooledAndTimeIds(root, config.added().get());
      Feature added = twoLayers(root.in("add_embedding"), told);
      time = time.with(root.add(time.value(), added.value()));
    }
    return root.silu(time);
  }

  private Feature pooledAndTimeIds(Layers at, UnetConfig.Added added) {
    Value pooled =
        graph.input(
            UnetGraph.POOLED_PROMPT_EMBEDS,
            ElementType.FLOAT,
            Dim.BATCH,
            Dim.of(added.pooledSize()));
    Value ids =
        graph.input(UnetGraph.TIME_IDS, ElementType.FLOAT, Dim.BATCH, Dim.of(UnetConfig.TIME_IDS));
    Feature idWaves = waves(ids, added.timeId(), 0, UnetConfig.TIME_IDS, 1);
    Value flat = at.reshape(idWaves.value(), 0, -1);
    Value gist = graph.computed(pooled.name(), pooled);
    return new Feature(at.concat(1, gist, flat), added.size());
  }

  private Feature twoLayers(Layers at, Feature x) {
    Feature h = at.silu(at.linear("linear_1", x, config.timeEmbedding()));
    return at.linear("linear_2", h, config.timeEmbedding());
  }

  /**
   * Cosines and sines of numbers at frequencies from 1 down to 1/10000 (arXiv 1706.03762, section
   * 3.5).
   *
   * <p>In 32-bit floats: in 16 bits, neighbouring timesteps would be the same from 512 on.
   *
   * @param size how many for each number
   * @param column the shape of the numbers with a last axis of 1
   */
  private Feature waves(Value numbers, int size, long... column) {
    Layers at = new Layers(graph, numbers.name());
    Value frequencies = graph.floats("frequencies " + size, frequencies(size / 2));
    Value angles = at.multiply(at.reshape(numbers, column), frequencies);
    Value sine = at.node("Sin", List.of(angles));
    Value cosine = at.node("Cos", List.of(angles));
    boolean cosineFirst = config.timestep().cosineFirst();
    Value both = cosineFirst ? at.concat(-1, cosine, sine) : at.concat(-1, sine, cosine);
    return new Feature(graph.computed(numbers.name(), both), size);
  }

  /** In 32 bits throughout, as the models were trained: 981 times a rounding error is not small. */
  private Tensor frequencies(int count) {
    float[] frequencies = new float[count];
    for (int i = 0; i < count; i++) {
      float exponent = (float) -Math.log(LONGEST_PERIOD) * i / (count - config.timestep().shift());
      frequencies[i] = (float) Math.exp(exponent);
    }
    return new Tensor(new int[] {count}, frequencies);
  }
}
