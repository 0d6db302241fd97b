package dev.hyperbrush.app;

import dev.hyperbrush.generation.GenerationRequest;
import dev.hyperbrush.generation.ImageSize;
import dev.hyperbrush.generation.Phrase;
import dev.hyperbrush.generation.ReasonCode;
import dev.hyperbrush.generation.Seed;
import dev.hyperbrush.queue.Claims;
import dev.hyperbrush.queue.JobQueue;
import dev.hyperbrush.store.Backlog;
import dev.hyperbrush.store.Database;
import dev.hyperbrush.store.Job;
import dev.hyperbrush.store.LeaseDao;
import dev.hyperbrush.store.NewJob;
import dev.hyperbrush.store.Origin;
import dev.hyperbrush.store.PersonDao;
import dev.hyperbrush.store.PictureStore;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** What it costs to take the next job, however many wait. */
@Command(
    name = "claim",
    mixinStandardHelpOptions = true,
    description = {
      "Fills a queue in a temporary folder, and prints how long a worker takes to claim the next"
          + " job while so many wait: from the question to the commit.",
    })
final class ClaimBench implements Callable<Integer> {
  private static final String OWNER = "bench/worker";

  @Spec private CommandSpec spec;

  @Option(
      names = "--waiting",
      split = ",",
      defaultValue = "100,1000,10000,100000,1000000",
      description = "How many jobs wait (default: ${DEFAULT-VALUE}).")
  private List<Integer> waiting = List.of();

  @Option(
      names = "--claims",
      defaultValue = "1000",
      description = "Claims of each series (default: ${DEFAULT-VALUE}).")
  private int claims;

  @Override
  public Integer call() throws IOException {
    Path data = Files.createTempDirectory("hyperbrush-bench");
    try (Database database = Database.open(data)) {
      Series series = new Series(database, PictureStore.open(data));
      series.measure(claims); // until the code is compiled
      PrintWriter out = spec.commandLine().getOut();
      out.printf(Locale.ROOT, "%10s %12s %12s%n", "waiting", "median ms", "p99 ms");
      double first = 0;
      for (int count : waiting) {
        series.fill(count);
        List<Double> millis = series.measure(claims);
        double median = millis.get(millis.size() / 2);
        first = first == 0 ? median : first;
        out.printf(
            Locale.ROOT,
            "%10d %12.3f %12.3f   %.2f of the first%n",
            count,
            median,
            millis.get(millis.size() * 99 / 100),
            median / first);
        out.flush();
      }
    } finally {
      BenchCommand.delete(data);
    }
    return 0;
  }

  /** One queue that gets longer and longer. */
  private static final class Series {
    private final Database database;
    private final JobQueue queue;
    private final Claims claims;
    private final LeaseDao leases;
    private final NewJob job;
    private int waiting;

    Series(Database database, PictureStore files) {
      this.database = database;
      Clock clock = Clock.systemUTC();
      this.queue = JobQueue.open(database, files, clock);
      this.claims = new Claims(database, Duration.ofMinutes(5), clock);
      this.leases = new LeaseDao(database);
      long person = new PersonDao(database, clock).idOf("bench", "1", "somebody");
      this.job =
          NewJob.plain(
              person,
              new Origin("bench", "channel", Optional.empty()),
              new GenerationRequest(
                  "tiny",
                  "a red circle on a blue background",
                  "",
                  new ImageSize(1024, 1024),
                  8,
                  0,
                  "TCD",
                  0.3,
                  new Seed(1),
                  1,
                  List.of(),
                  0));
    }

    void fill(int count) {
      if (count > waiting) {
        Backlog.add(database, queue.submit(job).id(), count - waiting - 1);
        waiting = count;
      }
    }

    /** Milliseconds of each claim, sorted. What is taken is replaced and ended, unmeasured. */
    List<Double> measure(int count) {
      List<Double> millis = new ArrayList<>();
      for (int i = 0; i < count; i++) {
        queue.submit(job);
        long start = System.nanoTime();
        Job claimed = claims.next(OWNER).orElseThrow();
        millis.add((System.nanoTime() - start) / 1e6);
        leases.fail(
            claimed.id(),
            OWNER,
            Phrase.of(ReasonCode.NOTHING_TO_CANCEL),
            Clock.systemUTC().instant());
      }
      millis.sort(Comparator.naturalOrder());
      return millis;
    }
  }
}
