package dev.hyperbrush.queue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.hyperbrush.ChildProcess;
import dev.hyperbrush.generation.ReasonCode;
import dev.hyperbrush.generation.Refusal;
import dev.hyperbrush.generation.Seed;
import dev.hyperbrush.store.Database;
import dev.hyperbrush.store.Job;
import dev.hyperbrush.store.JobState;
import dev.hyperbrush.store.Picture;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A process killed at any moment loses nothing that it has acknowledged. This is what the version
 * and the settings of H2 are chosen by. A failure names its seed; {@code
 * -Dhyperbrush.kill.seed=SEED} kills after the same numbers of lines again.
 */
final class KillTest {
  private static final int KILLS = 5;

  @TempDir private Path data;
  private final long seed = Long.getLong("hyperbrush.kill.seed", new SecureRandom().nextLong());
  private final Random chance = new Random(seed);
  private final Map<Long, Seed> accepted = new HashMap<>();
  private final List<Long> done = new ArrayList<>();

  @Test
  void nothingAcknowledgedIsLost() throws Exception {
    try {
      killAgainAndAgain();
    } catch (Throwable failure) {
      throw new AssertionError("-Dhyperbrush.kill.seed=" + seed, failure);
    }
  }

  private void killAgainAndAgain() throws Exception {
    for (int kill = 0; kill < KILLS; kill++) {
      try (ChildProcess process = DrawingProcess.start(data, chance.nextLong())) {
        // As many as it takes to end all jobs that the kill before cut off: none is cut off twice.
        int lines = 12 + chance.nextInt(40);
        for (int i = 0; i < lines; i++) {
          note(process.line().orElseThrow());
        }
        assertNobodyElseGetsIn();
        process.kill();
        for (var rest = process.line(); rest.isPresent(); rest = process.line()) {
          note(rest.get());
        }
      }
    }
    assertThat(done).doesNotHaveDuplicates();
    try (OpenQueue open = new OpenQueue(data)) {
      open.work(new PlainPictures());
      assertEveryAcceptedJobEnds(open);
    }
  }

  private void note(String line) {
    String[] words = line.split(" ", -1);
    long id = Long.parseLong(words[1]);
    if (words[0].equals("accepted")) {
      accepted.put(id, new Seed(Long.parseLong(words[2])));
    } else {
      done.add(id);
    }
  }

  private void assertNobodyElseGetsIn() {
    Refusal refusal = catchThrowableOfType(Refusal.class, () -> Database.open(data));
    assertThat(refusal.code()).isEqualTo(ReasonCode.DATABASE_IN_USE);
  }

  private void assertEveryAcceptedJobEnds(OpenQueue open) throws Exception {
    assertThat(accepted).hasSizeGreaterThan(KILLS);
    assertThat(done).allMatch(id -> open.find(id).state() == JobState.DONE);
    for (Map.Entry<Long, Seed> job : accepted.entrySet()) {
      Job ended = open.awaitState(job.getKey(), JobState.DONE);
      assertThat(ended.request().seed()).isEqualTo(job.getValue());
      List<Picture> pictures = open.queue.pictures(ended.id());
      assertThat(pictures).hasSize(1);
      Picture picture = pictures.getFirst();
      byte[] file = Files.readAllBytes(open.files.file(picture));
      assertThat(sha256(file)).isEqualTo(picture.sha256());
      assertThat(file).isEqualTo(PlainPictures.image(job.getValue(), ended.request().size()).rgb());
    }
  }

  private static String sha256(byte[] bytes) throws NoSuchAlgorithmException {
    return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
  }
}
