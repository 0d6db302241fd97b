package dev.hyperbrush.chat;

import static java.util.concurrent.TimeUnit.MINUTES;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.hyperbrush.delivery.ChatPlatform;
import dev.hyperbrush.delivery.Courier;
import dev.hyperbrush.delivery.ProgressBoard;
import dev.hyperbrush.queue.Worker;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * 500 people on Discord and 500 on Telegram want pictures, in bursts. Run by {@code mvn -Pload
 * test}; what it measured is in docs/benchmarks.md.
 */
@Tag("load")
final class LoadTest {
  private static final int PEOPLE = 500;
  private static final int BURST = 20;
  private static final int WARM_UP = 10;

  /** With two calls for a picture, this is about half of what Telegram takes in all. */
  private static final Duration BETWEEN_BURSTS = Duration.ofSeconds(3);

  private static final Duration GOAL = Duration.ofSeconds(1);

  @TempDir private Path data;

  @Test
  void hearsAThousandPeopleInTime() {
    try (DiscordCrowd discord = new DiscordCrowd();
        TelegramCrowd telegram = new TelegramCrowd();
        ChatWorld world = new ChatWorld(data)) {
      List<LoadCrowd> crowds = List.of(discord, telegram);
      start(world, crowds);
      warmUp(crowds);
      Instant begin = Instant.now();
      ask(crowds, begin);
      await().atMost(5, MINUTES).until(() -> crowds.stream().allMatch(c -> c.served() == PEOPLE));
      report(crowds, Duration.between(begin, Instant.now()));
      for (LoadCrowd crowd : crowds) {
        assertThat(crowd.pictures()).as("pictures on %s", crowd).isEqualTo(PEOPLE + WARM_UP);
        assertThat(crowd.violations()).isEmpty();
        assertThat(crowd.heard().percentile(99)).as("p99 on %s", crowd).isLessThan(GOAL);
      }
    }
  }

  private static void start(ChatWorld world, List<LoadCrowd> crowds) {
    Map<String, Courier> couriers = new HashMap<>();
    Map<String, ProgressBoard> boards = new HashMap<>();
    for (LoadCrowd crowd : crowds) {
      ChatPlatform bot = world.with(crowd.start(world.parts));
      couriers.put(bot.name(), bot.courier());
      boards.put(bot.name(), bot.board());
    }
    world.post(couriers, boards);
    world.with(Worker.start(world.queue, new FlatPainter(), world.painter));
    crowds.forEach(LoadCrowd::awaitBot);
  }

  private static void warmUp(List<LoadCrowd> crowds) {
    for (int i = 0; i < WARM_UP; i++) {
      crowds.forEach(LoadCrowd::ask);
    }
    await().atMost(1, MINUTES).until(() -> crowds.stream().allMatch(c -> c.served() == WARM_UP));
    crowds.forEach(LoadCrowd::forget);
  }

  /** Bursts on all platforms at the same time. */
  private static void ask(List<LoadCrowd> crowds, Instant begin) {
    for (int burst = 0; burst < PEOPLE / BURST; burst++) {
      Instant due = begin.plus(BETWEEN_BURSTS.multipliedBy(burst));
      await().atMost(1, MINUTES).until(() -> Instant.now().isAfter(due));
      for (int i = 0; i < BURST; i++) {
        crowds.forEach(LoadCrowd::ask);
      }
    }
  }

  private static void report(List<LoadCrowd> crowds, Duration time) {
    double load = ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage();
    System.out.printf("%d s, load average %.1f%n", time.toSeconds(), load);
    for (LoadCrowd crowd : crowds) {
      System.out.printf("%s: %s, %d calls%n", crowd, crowd.heard(), crowd.calls());
    }
  }
}
