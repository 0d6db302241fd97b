package dev.hyperbrush.scheduler;

import static dev.hyperbrush.scheduler.SigmaSpacing.KARRAS;

import dev.hyperbrush.generation.ReasonCode;
import dev.hyperbrush.generation.Refusal;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** All schedulers by name. A new one is a class and a line here. */
public final class Schedulers {
  private static final List<Entry> ALL =
      List.of(
          new Entry(List.of("TCD", "TCDScheduler"), DistillationGrid::timesteps, TcdScheduler::new),
          new Entry(
              List.of("LCM", "LCMScheduler"),
              DistillationGrid::timesteps,
              (config, timesteps, eta) -> new LcmScheduler(config, timesteps)),
          new Entry(
              List.of("DDIM", "DDIMScheduler"),
              SchedulerConfig::wholeTimesteps,
              DdimScheduler::new),
          new Entry(
              List.of("Euler", "EulerDiscreteScheduler", "k_euler"),
              SchedulerConfig::timesteps,
              (config, timesteps, eta) -> new EulerScheduler(config, timesteps)),
          new Entry(
              List.of("Euler a", "Euler Ancestral", "EulerAncestralDiscreteScheduler", "k_euler_a"),
              SchedulerConfig::timesteps,
              (config, timesteps, eta) -> new EulerAncestralScheduler(config, timesteps)),
          dpmSolver(
              List.of("DPM++ 2M", "DPMSolverMultistepScheduler", "k_dpmpp_2m"),
              UnaryOperator.identity()),
          dpmSolver(
              List.of("DPM++ 2M Karras", "k_dpmpp_2m_ka"),
              config -> config.withSigmaSpacing(KARRAS)),
          dpmSolver(
              List.of("DPM++ 2M SDE", "k_dpmpp_2m_sde"),
              config -> config.withSolver(config.solver().withStochastic())),
          dpmSolver(
              List.of("DPM++ 2M SDE Karras", "k_dpmpp_2m_sde_ka"),
              config ->
                  config.withSolver(config.solver().withStochastic()).withSigmaSpacing(KARRAS)),
          twice(
              List.of("DPM++ SDE", "DPMSolverSDEScheduler", "k_dpmpp_sde"),
              (config, timesteps, eta) -> DpmSolverSdeScheduler.ofRun(config, timesteps)),
          twice(
              List.of("DPM++ SDE Karras", "k_dpmpp_sde_ka"),
              (config, timesteps, eta) -> DpmSolverSdeScheduler.karras(config, timesteps)),
          new Entry(
              List.of("UniPC", "UniPCMultistepScheduler", "uni_pc"),
              DpmSolverMultistepScheduler::timesteps,
              (config, timesteps, eta) -> new UniPcScheduler(config, timesteps)),
          twice(
              List.of("Heun", "HeunDiscreteScheduler", "k_heun"),
              (config, timesteps, eta) -> new HeunScheduler(config, timesteps)));

  /** By each name as it is written, and simplified; asked for each job several times. */
  private static final Map<String, Entry> BY_NAME = byName();

  private static Map<String, Entry> byName() {
    Map<String, Entry> entries = new HashMap<>();
    for (Entry entry : ALL) {
      for (String name : entry.names) {
        entries.putIfAbsent(simplified(name), entry);
      }
    }
    for (Entry entry : ALL) {
      entry.names.forEach(name -> entries.put(name, entry));
    }
    return entries;
  }

  /** Which timesteps a run of so many steps visits. */
  @FunctionalInterface
  private interface Timesteps {
    double[] choose(SchedulerConfig config, int steps);
  }

  @FunctionalInterface
  private interface Maker {
    Scheduler make(SchedulerConfig config, double[] timesteps, double eta);
  }

  /**
   * @param names the first is canonical
   * @param twice whether it calls the denoiser twice in each step but the last
   */
  private record Entry(List<String> names, Timesteps timesteps, Maker maker, boolean twice) {
    Entry(List<String> names, Timesteps timesteps, Maker maker) {
      this(names, timesteps, maker, false);
    }

    Scheduler make(SchedulerConfig config, double[] timesteps, double eta) {
      if (!(eta >= 0 && eta <= 1)) {
        throw new Refusal(ReasonCode.ETA_OUT_OF_RANGE, eta);
      }
      requireDescending(timesteps, config.betas().trainTimesteps());
      return maker.make(config, timesteps, eta);
    }
  }

  /** Of a {@link TwoCallScheduler}. */
  private static Entry twice(List<String> names, Maker maker) {
    return new Entry(names, SchedulerConfig::timesteps, maker, true);
  }

  private static Entry dpmSolver(List<String> names, UnaryOperator<SchedulerConfig> adapt) {
    return new Entry(
        names,
        DpmSolverMultistepScheduler::timesteps,
        (config, timesteps, eta) ->
            new DpmSolverMultistepScheduler(adapt.apply(config), timesteps));
  }

  /**
   * A scheduler for one run.
   *
   * @param name any known name: of the field, of diffusers' class, of A1111
   * @param steps of the run; see {@link #calls}
   * @param eta share of fresh noise, 0 to 1, for those that have it (TCD, DDIM)
   * @throws Refusal when the scheduler is unknown, or cannot run with these numbers
   */
  public static Scheduler create(String name, SchedulerConfig config, int steps, double eta) {
    Entry entry = entry(name);
    int most = config.betas().trainTimesteps();
    if (steps < 1 || steps > most) {
      throw new Refusal(ReasonCode.STEPS_OUT_OF_RANGE, steps, 1, most);
    }
    return entry.make(config, entry.timesteps.choose(config, steps), eta);
  }

  /**
   * A scheduler that visits these timesteps, as some few-step models ask for.
   *
   * @param timesteps each smaller than the one before
   */
  public static Scheduler create(
      String name, SchedulerConfig config, List<Integer> timesteps, double eta) {
    double[] listed = timesteps.stream().mapToDouble(Integer::doubleValue).toArray();
    return entry(name).make(config, listed, eta);
  }

  /** How often a run of so many steps calls the denoiser; once a step where the name is unknown. */
  public static int calls(String name, int steps) {
    return find(name).filter(Entry::twice).isPresent() ? 2 * steps - 1 : steps;
  }

  /** The name that stands for all names of a scheduler, if this is one of them. */
  public static Optional<String> canonicalName(String name) {
    return find(name).map(entry -> entry.names.getFirst());
  }

  /** Canonical names, in the order to show them in. */
  public static List<String> names() {
    return ALL.stream().map(entry -> entry.names.getFirst()).toList();
  }

  private static Entry entry(String name) {
    return find(name)
        .orElseThrow(
            () -> new Refusal(ReasonCode.SCHEDULER_UNKNOWN, name, String.join(", ", names())));
  }

  private static Optional<Entry> find(String name) {
    return Optional.ofNullable(BY_NAME.get(name))
        .or(() -> Optional.ofNullable(BY_NAME.get(simplified(name))));
  }

  /** Letters and digits: {@code DPM++ 2M Karras} and {@code dpmpp_2m_karras} are the same. */
  private static String simplified(String name) {
    return name.toLowerCase(Locale.ROOT)
        .replace('+', 'p')
        .replaceAll("[^a-z0-9]", "")
        .replaceFirst("^(k|sample)(?=euler|dpm|heun)", "");
  }

  private static void requireDescending(double[] timesteps, int trainTimesteps) {
    double before = trainTimesteps;
    for (double timestep : timesteps) {
      if (!(timestep >= 0 && timestep < before)) {
        throw new Refusal(ReasonCode.TIMESTEP_OUT_OF_RANGE, timestep, trainTimesteps - 1);
      }
      before = timestep;
    }
    if (timesteps.length == 0) {
      throw new Refusal(ReasonCode.STEPS_OUT_OF_RANGE, 0, 1, trainTimesteps);
    }
  }

  private Schedulers() {}
}
