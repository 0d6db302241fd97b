package dev.hyperbrush.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.hyperbrush.ChildProcess;
import dev.hyperbrush.store.Database;
import dev.hyperbrush.store.DeliveryDao;
import dev.hyperbrush.store.DeliveryState;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A process killed between a post and its commit posts again with the same nonce, and forgets no
 * end of a job. A failure names its seed; {@code -Dhyperbrush.kill.seed=SEED} repeats it.
 */
final class PostingKillTest {
  private static final int KILLS = 4;

  @TempDir private Path data;
  private final long seed = Long.getLong("hyperbrush.kill.seed", new SecureRandom().nextLong());
  private final Random chance = new Random(seed);
  private final Set<Long> ended = new HashSet<>();
  private final Set<Long> stuck = new HashSet<>();

  @Test
  void nothingIsPostedUnderTwoNoncesOrForgotten() throws Exception {
    try {
      for (int kill = 0; kill < KILLS; kill++) {
        killWhilePosting(kill % 2 == 0);
      }
      check();
    } catch (Throwable failure) {
      throw new AssertionError("-Dhyperbrush.kill.seed=" + seed, failure);
    }
  }

  /** When a post is there that nobody has written down, or at any moment. */
  private void killWhilePosting(boolean whenStuck) throws Exception {
    try (ChildProcess process = PostingProcess.start(data, chance.nextLong())) {
      int lines = 10 + chance.nextInt(40);
      Optional<String> line = process.line();
      while (line.isPresent()) {
        note(line.get());
        lines--;
        // Once stuck, what it says may end before so many lines: until the lease is over.
        if (line.get().startsWith("stuck") || (!whenStuck && lines == 0)) {
          process.kill();
        }
        line = process.line();
      }
    }
  }

  private void note(String line) {
    String[] words = line.split(" ", -1);
    if (words[0].equals("ended")) {
      ended.add(Long.parseLong(words[1]));
    } else if (words[0].equals("stuck")) {
      stuck.add(Long.parseLong(words[1]));
    }
  }

  private void check() {
    Courier courier = new PostingProcess.FileCourier(PostingProcess.platform(data), chance, 0);
    try (Database database = Database.open(data);
        Outbox _ = PostingProcess.outbox(database, data, courier)) {
      DeliveryDao deliveries = new DeliveryDao(database);
      await()
          .atMost(Duration.ofMinutes(1))
          .until(() ->
              ended.stream()
                  .allMatch(
                      job -> deliveries.ofJob(job).orElseThrow().state() == DeliveryState.POSTED));
    }
    Map<Long, Set<String>> nonces = new HashMap<>();
    List<String> given = PostingProcess.given(data);
    for (String line : given) {
      String[] words = line.split(" ", -1);
      nonces.computeIfAbsent(Long.parseLong(words[1]), _ -> new HashSet<>()).add(words[0]);
    }
    assertThat(nonces.keySet()).containsAll(ended);
    assertThat(nonces.values()).allMatch(each -> each.size() == 1);
    assertThat(nonces.values().stream().flatMap(Set::stream)).doesNotHaveDuplicates();
    assertThat(stuck).isNotEmpty();
    assertThat(stuck)
        .as("posted again")
        .allMatch(job -> given.stream().filter(line -> line.endsWith(" " + job)).count() >= 2);
  }
}
