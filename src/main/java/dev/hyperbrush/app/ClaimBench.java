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
import java.util.function.Supplier;
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
      series.measure(claims, series.fair); // until the code is compiled
      series.measure(claims, series.keeping);
      PrintWriter out = spec.commandLine().getOut();
      out.printf(
          "%10s   %-34s   %s%n", "", "nothing loaded", "another model loaded, which it would keep");
      out.printf("%10s   %s   %s%n", "waiting", Column.HEADER, Column.HEADER);
      Column fair = new Column();
      Column keeping = new Column();
      for (int count : waiting) {
        series.fill(count);
        String first = fair.row(series.measure(claims, series.fair));
        String second = keeping.row(series.measure(claims, series.keeping));
        out.printf("%10d   %s   %s%n", count, first, second);
        out.flush();
      }
    } finally {
      BenchCommand.delete(data);
    }
    return 0;
  }

  /** What one kind of claim takes while more and more wait. */
  private static final class Column {
    static final String HEADER =
        String.format("%10s %10s %12s", "median ms", "p99 ms", "of the first");
    private double first;

    String row(List<Double> sortedMillis) {
      double median = sortedMillis.get(sortedMillis.size() / 2);
      double slow = sortedMillis.get(sortedMillis.size() * 99 / 100);
      first = first == 0 ? median : first;
      return String.format(Locale.ROOT, "%10.3f %10.3f %12.2f", median, slow, median / first);
    }
  }

  /** One queue that gets longer and longer. */
  private static final class Series {
    private final Database database;
    private final JobQueue queue;
    final Supplier<Optional<Job>> fair;
    final Supplier<Optional<Job>> keeping;
    private final LeaseDao leases;
    private final NewJob job;
    private int waiting;

    Series(Database database, PictureStore files) {
      this.database = database;
      Clock clock = Clock.systemUTC();
      this.queue = JobQueue.open(database, files, clock);
      Claims claims = new Claims(database, Duration.ofMinutes(5), clock);
      this.fair = () -> claims.next(OWNER);
      this.keeping = claims.keeping(request("another"), Duration.ofMinutes(5), OWNER);
      this.leases = new LeaseDao(database);
      long person = new PersonDao(database, clock).idOf("bench", "1", "somebody");
      this.job =
          NewJob.plain(person, new Origin("bench", "channel", Optional.empty()), request("tiny"));
    }

    private static GenerationRequest request(String model) {
      return new GenerationRequest(
          model,
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
          0);
    }

    void fill(int count) {
      if (count > waiting) {
        Backlog.add(database, queue.submit(job).id(), count - waiting - 1);
        waiting = count;
      }
    }

    /** Milliseconds of each claim, sorted. What is taken is replaced and ended, unmeasured. */
    List<Double> measure(int count, Supplier<Optional<Job>> claim) {
      List<Double> millis = new ArrayList<>();
      for (int i = 0; i < count; i++) {
        queue.submit(job);
        long start = System.nanoTime();
        Job claimed = claim.get().orElseThrow();
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
