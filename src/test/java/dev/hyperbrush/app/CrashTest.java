package dev.hyperbrush.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The real program, killed at random moments while it is fed through its page: every command it has
 * answered ends in its picture, once, and equal commands in equal bytes.
 *
 * <p>A few kills by default; {@code -Dhyperbrush.kills=100} for as many as one likes, about five
 * seconds each. A failure names its seed, {@code -Dhyperbrush.kill.seed=SEED} takes the same again.
 */
final class CrashTest {
  private static final int KILLS = Integer.getInteger("hyperbrush.kills", 3);

  /** Few, so that many jobs should have equal pictures. */
  private static final int LINES = 6;

  /** The most commands, and after them the longest time, that a process is left alive. */
  private static final int MOST_LINES = 8;

  private static final int MOST_MILLIS = 400;

  /** Drawn, or being stored, when the process was killed: these must not be cut off twice. */
  private static final int UNDER_WAY = 3;

  @TempDir private Path data;
  private final long seed = Long.getLong("hyperbrush.kill.seed", new SecureRandom().nextLong());
  private final Random chance = new Random(seed);

  /** Every job that was answered for, and the line that asked for it. */
  private final Map<Long, String> accepted = new TreeMap<>();

  private final TreeSet<Long> unfinished = new TreeSet<>();

  @Test
  void whatWasAnsweredForEndsInItsPictureHoweverOftenTheProcessIsKilled() throws Exception {
    try {
      for (int kill = 1; kill <= KILLS; kill++) {
        feedAndKill();
      }
      assertEveryJobHasItsPicture();
    } catch (Throwable failure) {
      throw new AssertionError("-Dhyperbrush.kill.seed=" + seed, failure);
    }
  }

  private void feedAndKill() throws Exception {
    try (BotProcess bot = BotProcess.serve(data)) {
      awaitThoseCutOff(bot);
      int lines = 2 + chance.nextInt(MOST_LINES);
      for (int i = 0; i < lines; i++) {
        feed(bot);
      }
      CompletableFuture<Void> killed =
          CompletableFuture.runAsync(() -> kill(bot), after(chance.nextInt(MOST_MILLIS)));
      feedUntil(bot, killed);
      killed.join();
    }
  }

  private static Executor after(int millis) {
    return CompletableFuture.delayedExecutor(millis, TimeUnit.MILLISECONDS);
  }

  private static void kill(BotProcess bot) {
    try {
      bot.kill();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  private void awaitThoseCutOff(BotProcess bot) throws Exception {
    for (int cutOff = 0; cutOff < UNDER_WAY && !unfinished.isEmpty(); ) {
      long job = unfinished.removeFirst();
      if (!BotProcess.ended(bot.job(job))) {
        bot.awaitEnd(job);
        cutOff++;
      }
    }
  }

  /** Until it is killed. What it has not answered for may or may not be there. */
  private void feedUntil(BotProcess bot, CompletableFuture<Void> killed) throws Exception {
    try {
      while (!killed.isDone()) {
        feed(bot);
      }
    } catch (IOException cutOff) {
      killed.join();
    }
  }

  private void feed(BotProcess bot) throws IOException, InterruptedException {
    String line =
        "/imagine a blue star on a white background --steps 6 --seed " + chance.nextInt(LINES);
    long job = bot.say(line).at("/jobs/0/id").asLong();
    assertThat(job).isPositive();
    accepted.put(job, line);
    unfinished.add(job);
  }

  private void assertEveryJobHasItsPicture() throws Exception {
    Map<String, String> hashes = new HashMap<>();
    try (BotProcess bot = BotProcess.serve(data)) {
      assertThat(accepted).hasSizeGreaterThan(KILLS);
      for (Map.Entry<Long, String> job : accepted.entrySet()) {
        JsonNode ended = bot.awaitEnd(job.getKey());
        assertThat(ended.path("state").asText()).as("job %s", ended).isEqualTo("done");
        assertThat(ended.path("pictures")).hasSize(1);
        HttpResponse<byte[]> picture = bot.get(ended.at("/pictures/0/url").asText());
        String sha256 = sha256(picture.body());
        assertThat(picture.headers().firstValue("ETag")).contains('"' + sha256 + '"');
        assertThat(hashes.computeIfAbsent(job.getValue(), _ -> sha256))
            .as("of %s, drawn before", job.getValue())
            .isEqualTo(sha256);
      }
      assertThat(bot.stop()).isZero();
    }
  }

  private static String sha256(byte[] bytes) throws Exception {
    return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
  }
}
