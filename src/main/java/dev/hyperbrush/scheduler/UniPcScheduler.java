package dev.hyperbrush.scheduler;

import dev.hyperbrush.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;

/**
 * UniPC: Zhao et al., "UniPC: A Unified Predictor-Corrector Framework for Fast Sampling of
 * Diffusion Models", arXiv 2302.04867, on predicted pictures. Each call first corrects the latents
 * that the step before predicted, now that it is known what the denoiser says there, and then
 * predicts the next.
 *
 * <p>Immutable.
 */
final class UniPcScheduler implements VariancePreservingScheduler {
  private final SchedulerConfig config;
  private final NoiseLevels levels;

  UniPcScheduler(SchedulerConfig config, double[] timesteps) {
    this.config = config;
    this.levels = NoiseLevels.ofTraining(config, timesteps);
  }

  @Override
  public NoiseLevels levels() {
    return levels;
  }

  /** The memory holds the corrected latents of the step before, then pictures, newest first. */
  @Override
  public SchedulerStep step(Tensor modelOutput, int step, SchedulerStep before, NoiseSource noise) {
    Tensor latents = before.prevSample();
    Tensor picture =
        config.predictionType().predOriginalSample(modelOutput, latents, alpha(step), sigma(step));
    List<Tensor> earlier = before.memory();
    if (!earlier.isEmpty()) {
      List<Tensor> pictures = earlier.subList(1, earlier.size());
      Jump jump = new Jump(step - 1, order(step - 1, pictures.size()));
      latents = jump.corrected(earlier.getFirst(), pictures, picture);
    }
    List<Tensor> memory = new ArrayList<>(List.of(latents, picture));
    earlier.stream().skip(1).limit(config.solver().order() - 1L).forEach(memory::add);
    List<Tensor> pictures = memory.subList(1, memory.size());
    Jump jump = new Jump(step, order(step, pictures.size()));
    return new SchedulerStep(jump.predicted(latents, pictures), picture, memory);
  }

  /** Lower where fewer pictures are known, and towards the end. */
  private int order(int step, int pictures) {
    int known = Math.min(config.solver().order(), pictures);
    boolean lower = config.solver().lowerOrderFinal() || levels.sigma(steps()) == 0;
    return lower ? Math.min(known, steps() - step) : known;
  }

  /** From call {@code step} to the next, in the paper's terms. */
  private final class Jump {
    private final int step;
    private final int order;

    /** Negative: the solver goes through predicted pictures. */
    private final double h;

    Jump(int step, int order) {
      this.step = step;
      this.order = order;
      this.h = lambda(step) - lambda(step + 1);
    }

    Tensor predicted(Tensor latents, List<Tensor> pictures) {
      double[] weights =
          order == 2 ? new double[] {0.5} : LinearEquations.solve(powers(order - 1), b(order - 1));
      return moved(latents, pictures, weights);
    }

    /**
     * @param pictures of this call and those before, the newest first
     * @param next what was predicted at the next call
     */
    Tensor corrected(Tensor latents, List<Tensor> pictures, Tensor next) {
      double[] weights =
          order == 1 ? new double[] {0.5} : LinearEquations.solve(powers(order), b(order));
      Tensor moved = moved(latents, pictures, weights);
      Tensor difference = Blend.of(1, next, -1, pictures.getFirst());
      return Blend.of(1, moved, -alpha(step + 1) * scale() * weights[order - 1], difference);
    }

    /** The first order, and what the earlier pictures add. */
    private Tensor moved(Tensor latents, List<Tensor> pictures, double[] weights) {
      Tensor newest = pictures.getFirst();
      double target = alpha(step + 1);
      Tensor moved =
          Blend.of(sigma(step + 1) / sigma(step), latents, -target * Math.expm1(h), newest);
      for (int i = 1; i < order; i++) {
        Tensor difference = Blend.of(1, pictures.get(i), -1, newest);
        moved = Blend.of(1, moved, -target * scale() * weights[i - 1] / ratio(i), difference);
      }
      return moved;
    }

    /** B(h) of the paper. */
    private double scale() {
      return config.solver().type() == SchedulerConfig.SolverType.BH1 ? h : Math.expm1(h);
    }

    /** How far back the {@code i}th earlier call lies, in parts of this jump; 1 for its end. */
    private double ratio(int i) {
      return i == order ? 1 : (lambda(step - i) - lambda(step)) / -h;
    }

    private double[][] powers(int size) {
      double[][] powers = new double[size][size];
      for (int row = 0; row < size; row++) {
        for (int column = 0; column < size; column++) {
          powers[row][column] = Math.pow(ratio(column + 1), row);
        }
      }
      return powers;
    }

    private double[] b(int size) {
      double[] b = new double[size];
      double phi = Math.expm1(h) / h - 1;
      double factorial = 1;
      for (int i = 0; i < size; i++) {
        b[i] = phi * factorial / scale();
        factorial *= i + 2;
        phi = phi / h - 1 / factorial;
      }
      return b;
    }
  }
}
