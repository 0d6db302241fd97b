package dev.hyperbrush.queue;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hyperbrush.store.Work;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;

/**
 * What start-time fair queueing promises, over random arrivals: each repetition has other chance,
 * the same in every run.
 */
final class FairnessTest {
  private static final int MOST_COST = 60_000_000;

  private final FairQueueModel queue = new FairQueueModel(new StartTimeFairQueueing());

  @RepeatedTest(20)
  void sharesOfThoseWhoWaitAreAsTheirWeights(RepetitionInfo repetition) {
    Random chance = new Random(repetition.getCurrentRepetition());
    int people = 2 + chance.nextInt(40);
    double[] weights =
        IntStream.range(0, people).mapToDouble(_ -> 0.25 * (1 + chance.nextInt(32))).toArray();
    long[] waiting = new long[people];
    long[] work = new long[people];
    // Everybody has always a few waiting, and asks for more at random moments.
    for (int step = 0; step < people * 3000; step++) {
      for (int person = 0; person < people; person++) {
        while (waiting[person] < 3 || (waiting[person] < 30 && chance.nextInt(100) == 0)) {
          queue.submit(person, new Work(cost(chance), weights[person]));
          waiting[person]++;
        }
      }
      FairQueueModel.Waiting next = queue.claim().orElseThrow();
      waiting[(int) next.person()]--;
      work[(int) next.person()] += next.work().cost();
    }
    double all = LongStream.of(work).sum();
    double weight = IntStream.range(0, people).mapToDouble(i -> weights[i]).sum();
    for (int person = 0; person < people; person++) {
      double due = weights[person] / weight;
      assertThat(work[person] / all / due).as("share of %s", person).isBetween(0.95, 1.05);
    }
  }

  /** The bound of the paper's theorem 1, for any two people who wait all the time. */
  @RepeatedTest(20)
  void nobodyIsEverFurtherAheadThanAJobOfEach(RepetitionInfo repetition) {
    Random chance = new Random(100 + repetition.getCurrentRepetition());
    double[] weights = {1, 1, 2, 0.5, 10};
    for (int i = 0; i < 400; i++) {
      for (int person = 0; person < weights.length; person++) {
        queue.submit(person, new Work(cost(chance), weights[person]));
      }
    }
    double[] progress = new double[weights.length];
    for (int i = 0; i < 150; i++) { // the heaviest still waits then
      FairQueueModel.Waiting next = queue.claim().orElseThrow();
      progress[(int) next.person()] += next.work().cost() / weights[(int) next.person()];
      for (int a = 0; a < weights.length; a++) {
        for (int b = 0; b < weights.length; b++) {
          assertThat(progress[a] - progress[b])
              .isLessThanOrEqualTo(MOST_COST / weights[a] + MOST_COST / weights[b] + 2);
        }
      }
    }
  }

  @RepeatedTest(20)
  void aFloodDelaysASingleJobByTheRunningOneAndOneMore(RepetitionInfo repetition) {
    Random chance = new Random(200 + repetition.getCurrentRepetition());
    long flooder = 1;
    double weight = 0.1 + 100 * chance.nextDouble();
    for (int i = 0; i < 1000; i++) {
      queue.submit(flooder, new Work(cost(chance), weight));
    }
    int before = chance.nextInt(990);
    for (int i = 0; i < before; i++) {
      queue.claim(); // the last of these is the running one
    }
    queue.submit(2, new Work(cost(chance), 1));

    List<Long> next = new ArrayList<>();
    for (int i = 0; i < 2; i++) {
      next.add(queue.claim().orElseThrow().person());
    }
    assertThat(next).contains(2L);
  }

  /** Without ageing they hold the present where it is, and the second job waits for ever. */
  @Test
  void newPeopleWithoutEndStarveNobody() {
    queue.submit(1, new Work(MOST_COST, 1));
    long second = queue.submit(1, new Work(MOST_COST, 1)).id();
    long newcomer = 2;
    for (int i = 0; i < 10; i++) {
      queue.submit(newcomer++, new Work(MOST_COST, 1));
    }
    int claims = 0;
    while (queue.claim().orElseThrow().id() != second && claims < 100_000) {
      queue.submit(newcomer++, new Work(MOST_COST, 1));
      claims++;
    }
    assertThat(claims).isLessThanOrEqualTo((int) StartTimeFairQueueing.AGEING + 11);
  }

  @Test
  void nobodyStarvesWhateverTheWeights() {
    // As light as can be, or lighter, against the heaviest, who ask again and again.
    queue.submit(1, new Work(MOST_COST, 1e-9));
    long second = queue.submit(1, new Work(MOST_COST, 1e-9)).id();
    long heavies = 5;
    for (long person = 2; person < 2 + heavies; person++) {
      queue.submit(person, new Work(MOST_COST, 1e9));
      queue.submit(person, new Work(MOST_COST, 1e9));
    }
    int claims = 0;
    FairQueueModel.Waiting next = queue.claim().orElseThrow();
    while (next.id() != second && claims < 1_000_000) {
      if (next.person() != 1) {
        queue.submit(next.person(), new Work(MOST_COST, 1e9));
      }
      next = queue.claim().orElseThrow();
      claims++;
    }
    double ratio = StartTimeFairQueueing.MAX_WEIGHT / StartTimeFairQueueing.MIN_WEIGHT;
    assertThat(claims).isLessThan((int) (ratio * heavies) + 20);
  }

  @RepeatedTest(10)
  void everyJobIsDrawnOnceHoweverTheyCome(RepetitionInfo repetition) {
    Random chance = new Random(300 + repetition.getCurrentRepetition());
    Map<Long, Integer> claims = new HashMap<>();
    long accepted = 0;
    long cancelled = 0;
    for (int i = 0; i < 5000; i++) {
      switch (chance.nextInt(5)) {
        case 0, 1 -> {
          queue.submit(chance.nextInt(50), new Work(cost(chance), weight(chance)));
          accepted++;
        }
        case 2 -> cancelled += queue.cancel(1 + chance.nextInt(5000)) ? 1 : 0;
        default -> queue.claim().ifPresent(job -> claims.merge(job.id(), 1, Integer::sum));
      }
    }
    while (queue.size() > 0) {
      claims.merge(queue.claim().orElseThrow().id(), 1, Integer::sum);
    }
    assertThat(claims.values()).containsOnly(1);
    assertThat(claims).hasSize((int) (accepted - cancelled));
  }

  @Test
  void workOfAnIdleTimeIsNotHeldAgainstAnybody() {
    for (int i = 0; i < 50; i++) {
      queue.submit(1, new Work(MOST_COST, 0.01));
      queue.claim();
    }
    assertThat(queue.claim()).isEmpty();
    assertThat(queue.submit(1, new Work(1, 1)).tags().start())
        .isEqualTo(queue.submit(2, new Work(1, 1)).tags().start());
  }

  private static int cost(Random chance) {
    return 1 + chance.nextInt(MOST_COST);
  }

  private static double weight(Random chance) {
    return 0.5 * (1 + chance.nextInt(8));
  }
}
