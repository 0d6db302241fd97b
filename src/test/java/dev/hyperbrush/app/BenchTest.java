package dev.hyperbrush.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hyperbrush.queue.StartTimeFairQueueing;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

/** What is measured is there; the figures themselves are in docs/benchmarks.md. */
final class BenchTest {
  @Test
  void aSimulationIsTheSameEveryTime() {
    String once = said("bench", "simulate", "--people", "2000", "--gpus", "4", "--hours", "0.5");
    assertThat(once)
        .contains("2000 people, 4 GPUs", "a few, weight 1", "many pictures", "longest jobs")
        .isEqualTo(said("bench", "simulate", "--people", "2000", "--gpus", "4", "--hours", "0.5"));
  }

  @Test
  void whoeverWantsFewPicturesWaitsLessThanWhoWantsMany() {
    int people = 5000;
    Crowd crowd = new Crowd(people, 10, new SplittableRandom(3));
    CrowdSimulation simulation =
        new CrowdSimulation(crowd, people, 10, new StartTimeFairQueueing());
    simulation.run(3600);

    assertThat(median(simulation, "a few, weight 1"))
        .isLessThan(median(simulation, "many pictures, weight 1") / 10);
    assertThat(simulation.error().largest()).isLessThan(2); // the bound of the paper
  }

  private static double median(CrowdSimulation simulation, String who) {
    List<Double> sorted = simulation.waits().getOrDefault(who, List.of());
    return sorted.get(sorted.size() / 2);
  }

  @Test
  void aClaimIsMeasuredForEachLength() {
    assertThat(said("bench", "claim", "--waiting", "100,200", "--claims", "5"))
        .containsPattern("(?m)^ +100 .*1\\.00 of the first$")
        .containsPattern("(?m)^ +200 ");
  }

  private static String said(String... args) {
    StringWriter out = new StringWriter();
    CommandLine line = Main.commandLine().setOut(new PrintWriter(out));
    assertThat(line.execute(args)).isZero();
    return out.toString();
  }
}
