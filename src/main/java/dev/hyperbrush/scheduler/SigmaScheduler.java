package dev.hyperbrush.scheduler;

/** What those have in common that count in noise levels. */
interface SigmaScheduler extends Scheduler {
  NoiseLevels levels();

  @Override
  default int steps() {
    return levels().steps();
  }

  @Override
  default float timestep(int step) {
    return levels().timestep(step);
  }
}
