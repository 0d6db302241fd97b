package dev.hyperbrush.scheduler;

/** How the variance of the noise added at each timestep of training grows. */
public enum BetaSchedule {
  LINEAR {
    @Override
    double beta(SchedulerConfig.Betas config, double part) {
      return config.start() + part * (config.end() - config.start());
    }
  },

  /** Its square root grows linearly: Stable Diffusion's. */
  SCALED_LINEAR {
    @Override
    double beta(SchedulerConfig.Betas config, double part) {
      double start = Math.sqrt(config.start());
      double root = start + part * (Math.sqrt(config.end()) - start);
      return root * root;
    }
  };

  /**
   * @param part 0 at the first timestep, 1 at the last
   */
  abstract double beta(SchedulerConfig.Betas config, double part);
}
