package dev.hyperbrush.queue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class QueueOutlookTest {
  private record Waiting(long id, long tag, long cost, String model) {}

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 63, 64, 65, 200, 1000})
  void ranksAndSecondsAreThoseOfCounting(int size) {
    Random random = new Random(size);
    List<Waiting> jobs = new ArrayList<>();
    for (int id = 1; id <= size; id++) {
      String model = random.nextBoolean() ? "fast" : "slow";
      jobs.add(new Waiting(id, random.nextLong(size / 2 + 1), random.nextLong(1000), model));
    }
    jobs.sort(Comparator.comparingLong(Waiting::tag).thenComparingLong(Waiting::id));

    QueueOutlook outlook = outlook(jobs);

    assertThat(outlook.size()).isEqualTo(size);
    for (int probe = 0; probe < 100; probe++) {
      long tag = random.nextLong(size / 2 + 2) - 1;
      long id = random.nextLong(size + 2);
      List<Waiting> before =
          jobs.stream()
              .filter(job -> job.tag() < tag || (job.tag() == tag && job.id() < id))
              .toList();
      int rank = outlook.rank(tag, id);
      assertThat(rank).isEqualTo(before.size());
      assertThat(outlook.secondsBefore(rank))
          .isCloseTo(
              before.stream().mapToDouble(job -> seconds(job.cost(), job.model())).sum(),
              within(1e-6));
    }
    for (int rank = 0; rank < size; rank++) {
      assertThat(outlook.id(rank)).isEqualTo(jobs.get(rank).id());
      assertThat(outlook.find(jobs.get(rank).id())).isEqualTo(rank);
      assertThat(outlook.rank(jobs.get(rank).tag(), jobs.get(rank).id())).isEqualTo(rank);
    }
    assertThat(outlook.find(size + 1)).isEqualTo(-1);
  }

  private static QueueOutlook outlook(List<Waiting> jobs) {
    QueueOutlook.Builder builder = new QueueOutlook.Builder(QueueOutlookTest::seconds);
    jobs.forEach(job -> builder.waiting(job.id(), job.tag(), job.cost(), job.model()));
    return builder.build();
  }

  private static double seconds(long cost, String model) {
    return cost / (model.equals("fast") ? 100.0 : 7.0);
  }
}
