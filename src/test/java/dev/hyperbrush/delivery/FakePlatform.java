package dev.hyperbrush.delivery;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * A platform that tells repeated posts by their nonce, as Discord does, and has all the faults that
 * a test wants. Thread-safe.
 */
final class FakePlatform implements Courier {
  /** What happens to one call. */
  enum Fault {
    NONE,
    RATE_LIMITED,
    RATE_LIMITED_EVERYWHERE,
    SERVER_ERROR,
    BUG,
    /** The post is there, the answer is not. */
    DROPPED_AFTER_ACCEPTING,
    DEAD_TOKEN,
    REFUSED,
    CRASH_BEFORE_ACCEPTING,
    CRASH_AFTER_ACCEPTING
  }

  static final Duration LIMIT = Duration.ofSeconds(7);

  /** What people see there. */
  record Message(String number, String nonce, long job, String address) {}

  private final Map<String, Message> byNonce = new LinkedHashMap<>();
  private final Deque<Fault> script = new ArrayDeque<>();
  private final List<String> calls = new ArrayList<>();
  private final List<String> withdrawn = new ArrayList<>();
  private final Map<Long, Integer> failures = new HashMap<>();
  private final List<Post> posts = new ArrayList<>();
  private Function<Post, Fault> faults = post -> Fault.NONE;
  private Runnable crash = () -> {};
  private Runnable meanwhile = () -> {};

  synchronized void script(Fault... next) {
    script.addAll(List.of(next));
  }

  synchronized void always(Function<Post, Fault> faulty) {
    faults = faulty;
  }

  synchronized void onCrash(Runnable death) {
    crash = death;
  }

  /** What happens during the next call. */
  synchronized void meanwhile(Runnable once) {
    meanwhile = once;
  }

  @Override
  public synchronized Outcome post(Post post) throws IOException {
    calls.add(post.nonce());
    posts.add(post);
    Runnable now = meanwhile;
    meanwhile = () -> {};
    now.run();
    Optional<Message> known = Optional.ofNullable(byNonce.get(post.nonce()));
    Fault fault = script.isEmpty() ? faults.apply(post) : script.poll();
    boolean lost = fault == Fault.DEAD_TOKEN || fault == Fault.REFUSED;
    return known.isPresent() && lost ? accept(post) : answer(post, fault);
  }

  private Outcome answer(Post post, Fault fault) throws IOException {
    switch (fault) {
      case SERVER_ERROR, BUG, DROPPED_AFTER_ACCEPTING ->
          failures.merge(post.job().id(), 1, Integer::sum);
      default -> {}
    }
    return switch (fault) {
      case NONE -> accept(post);
      case RATE_LIMITED -> new Outcome.RetryAfter(LIMIT, false);
      case RATE_LIMITED_EVERYWHERE -> new Outcome.RetryAfter(LIMIT, true);
      case SERVER_ERROR -> new Outcome.TryAgain("500");
      case BUG -> throw new IllegalStateException("a bug");
      case DROPPED_AFTER_ACCEPTING -> {
        accept(post);
        throw new IOException("connection reset");
      }
      case DEAD_TOKEN -> new Outcome.NextRung("50027");
      case REFUSED -> new Outcome.Refused("no");
      case CRASH_BEFORE_ACCEPTING -> die();
      case CRASH_AFTER_ACCEPTING -> {
        accept(post);
        yield die();
      }
    };
  }

  private Outcome die() {
    crash.run();
    throw new IllegalStateException("dead");
  }

  private Outcome accept(Post post) {
    Message message =
        byNonce.computeIfAbsent(
            post.nonce(),
            nonce ->
                new Message("m" + (byNonce.size() + 1), nonce, post.job().id(), post.address()));
    return Outcome.posted(message.number());
  }

  @Override
  public synchronized Outcome withdraw(Withdrawal withdrawal) {
    calls.add("withdraw " + withdrawal.jobId());
    Fault fault = script.isEmpty() ? Fault.NONE : script.poll();
    if (fault == Fault.SERVER_ERROR) {
      return new Outcome.TryAgain("500");
    }
    if (fault == Fault.REFUSED) {
      return new Outcome.Refused("older than 48 hours");
    }
    withdrawn.add(withdrawal.message().orElse(withdrawal.address()));
    byNonce.remove(withdrawal.nonce());
    return Outcome.done();
  }

  /** In the order in which they appeared. */
  synchronized List<Message> messages() {
    return List.copyOf(byNonce.values());
  }

  synchronized List<Message> messages(long job) {
    return byNonce.values().stream().filter(message -> message.job() == job).toList();
  }

  synchronized List<String> withdrawn() {
    return List.copyOf(withdrawn);
  }

  /** Nonces of posts, and withdrawals, as they came. */
  synchronized List<String> calls() {
    return List.copyOf(calls);
  }

  synchronized Post lastPost() {
    return posts.getLast();
  }

  synchronized int failures(long job) {
    return failures.getOrDefault(job, 0);
  }
}
