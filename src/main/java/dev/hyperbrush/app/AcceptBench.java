package dev.hyperbrush.app;

import dev.hyperbrush.chat.Caller;
import dev.hyperbrush.chat.Invocation;
import dev.hyperbrush.chat.Person;
import dev.hyperbrush.chat.Place;
import dev.hyperbrush.chat.Reply;
import dev.hyperbrush.chat.Standing;
import dev.hyperbrush.command.Commands;
import dev.hyperbrush.config.AppConfig;
import dev.hyperbrush.config.ConfigLoader;
import dev.hyperbrush.generation.ReasonCode;
import dev.hyperbrush.generation.Refusal;
import dev.hyperbrush.policy.Allowances;
import dev.hyperbrush.policy.Choices;
import dev.hyperbrush.policy.QueueLimits;
import dev.hyperbrush.queue.JobQueue;
import dev.hyperbrush.store.Database;
import dev.hyperbrush.store.PictureStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.locks.LockSupport;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** How many commands are accepted, and how long each takes, while a thousand people ask at once. */
@Command(
    name = "accept",
    mixinStandardHelpOptions = true,
    description = {
      "Accepts /imagine commands of many people at once into a database in a temporary folder, and"
          + " prints how many a second it manages, and how long each person waits for the answer.",
      "A command counts when its job is committed and its answer is made. Nothing is drawn."
    })
final class AcceptBench implements Callable<Integer> {
  private static final Place CHANNEL = Place.of("bench", "channel", Optional.of("server"));

  private static final String LINE =
      "a red circle on a blue background, in the style of an old postcard --steps 8 --no people";

  /** All limits are looked at, and none is reached. */
  private static final Map<String, String> LIMITS =
      Map.of(
          "HYPERBRUSH_LIMITS_BURST",
          "10000",
          "HYPERBRUSH_LIMITS_REFILL",
          "1ms",
          "HYPERBRUSH_LIMITS_MAX_WAITING",
          "100000",
          "HYPERBRUSH_LIMITS_MAX_WAITING_ON_SERVER",
          String.valueOf(QueueLimits.MOST),
          "HYPERBRUSH_LIMITS_MAX_WAITING_IN_ALL",
          String.valueOf(QueueLimits.MOST),
          "HYPERBRUSH_LIMITS_DAILY_WORK",
          String.valueOf(Allowances.MOST_DAILY_WORK));

  private static final long SECOND = Duration.ofSeconds(1).toNanos();

  @Spec private CommandSpec spec;

  @Option(
      names = "--people",
      defaultValue = "1000",
      description = "People who ask at the same time (default: ${DEFAULT-VALUE}).")
  private int people;

  @Option(
      names = "--rate",
      defaultValue = "2000",
      description = "Commands a second of all of them (default: ${DEFAULT-VALUE}).")
  private int rate;

  @Option(
      names = "--seconds",
      defaultValue = "10",
      description = "How long each part goes on (default: ${DEFAULT-VALUE}).")
  private double seconds;

  @Override
  public Integer call() throws IOException, InterruptedException, ExecutionException {
    measure("one person, as fast as possible", 1, 0);
    measure(people + " people, as fast as possible", people, 0);
    measure(people + " people, " + rate + " commands a second", people, rate);
    return 0;
  }

  private void measure(String title, int askers, int wanted)
      throws IOException, InterruptedException, ExecutionException {
    Path data = Files.createTempDirectory("hyperbrush-bench");
    try (Database database = Database.open(data)) {
      Commands commands = commands(database, data);
      run(commands, askers, wanted, seconds / 2); // until it is compiled
      long start = System.nanoTime();
      long processor = processor();
      List<Long> nanos = run(commands, askers, wanted, seconds);
      print(title, nanos, System.nanoTime() - start, processor() - processor);
    } finally {
      BenchCommand.delete(data);
    }
  }

  /** Of this process, so that a machine shared with others says something, too. */
  private static long processor() {
    return ProcessHandle.current().info().totalCpuDuration().orElse(Duration.ZERO).toNanos();
  }

  private static Commands commands(Database database, Path data) {
    AppConfig config = new ConfigLoader(LIMITS, data).load(Optional.empty(), Optional.of(data));
    PictureStore files = PictureStore.open(data);
    Clock clock = Clock.systemUTC();
    JobQueue queue = JobQueue.open(database, files, clock);
    Choices choices = Choices.of(config.installed());
    return new Commands(Bot.parts(config, choices, database, files, queue, clock));
  }

  /** Nanoseconds of each command, shortest first. */
  private List<Long> run(Commands commands, int askers, int wanted, double limit)
      throws InterruptedException, ExecutionException {
    long start = System.nanoTime();
    long end = start + (long) (limit * SECOND);
    double pause = wanted == 0 ? 0 : (double) askers * SECOND / wanted;
    List<Future<List<Long>>> people = new ArrayList<>();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int i = 0; i < askers; i++) {
        Person person = new Person("bench", String.valueOf(i), "Person " + i);
        long first = start + (long) (pause * i / askers);
        people.add(threads.submit(() -> ask(commands, person, first, (long) pause, end)));
      }
    }
    List<Long> nanos = new ArrayList<>();
    for (Future<List<Long>> person : people) {
      nanos.addAll(person.get());
    }
    nanos.sort(Comparator.naturalOrder());
    return nanos;
  }

  /** One person's commands. A late one counts from when it was due, or the others would hide it. */
  private static List<Long> ask(
      Commands commands, Person person, long first, long pause, long end) {
    Caller caller = new Caller(person, CHANNEL, Standing.MEMBER, Locale.ENGLISH);
    List<Long> nanos = new ArrayList<>();
    for (long due = first; due < end; due = pause == 0 ? System.nanoTime() : due + pause) {
      while (System.nanoTime() < due) {
        LockSupport.parkNanos(due - System.nanoTime());
      }
      Reply reply = commands.run(new Invocation(caller, "imagine", LINE, Map.of()));
      if (reply.jobs().isEmpty()) {
        throw new Refusal(ReasonCode.DRAWING_FAILED, reply.text());
      }
      nanos.add(System.nanoTime() - due);
    }
    return nanos;
  }

  private void print(String title, List<Long> nanos, long took, long processor) {
    spec.commandLine()
        .getOut()
        .printf(
            Locale.ROOT,
            "%s: %.0f commands a second, p50 %.1f ms, p99 %.1f ms, max %.1f ms;"
                + " %.2f ms of processor time each%n",
            title,
            nanos.size() * (double) SECOND / took,
            millis(nanos, 0.5),
            millis(nanos, 0.99),
            millis(nanos, 1),
            processor / 1e6 / nanos.size())
        .flush();
  }

  private static double millis(List<Long> nanos, double part) {
    return nanos.get((int) Math.round(part * (nanos.size() - 1))) / 1e6;
  }
}
