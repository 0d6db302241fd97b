package dev.hyperbrush.faketelegram;

import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/** What goes wrong, and when. Thread-safe. */
public final class Faults {
  /** One thing that goes wrong. */
  public sealed interface Fault {
    /** An answer of the Bot API. */
    record Answer(int code, String description, Optional<Integer> retryAfter) implements Fault {}

    /** An answer of a server in front of it, which is a page for people. */
    record Page(int status) implements Fault {}

    /** The connection ends while the request is still coming; nothing is done. */
    record DropInRequest() implements Fault {}

    /** All is done, and the connection ends before the answer. */
    record DropAnswer() implements Fault {}
  }

  private record Rule(String method, AtomicInteger times, Fault fault) {
    boolean fits(String called) {
      return method.equals("*") || method.equals(called);
    }
  }

  private final List<Rule> rules = new CopyOnWriteArrayList<>();
  private volatile boolean revoked;

  /** Too many requests: {@code retry_after} in seconds. */
  public static Fault tooMany(int retryAfter) {
    return new Fault.Answer(
        429, "Too Many Requests: retry after " + retryAfter, Optional.of(retryAfter));
  }

  public static Fault refusal(int code, String description) {
    return new Fault.Answer(code, description, Optional.empty());
  }

  public static Fault page(int status) {
    return new Fault.Page(status);
  }

  public static Fault dropInRequest() {
    return new Fault.DropInRequest();
  }

  public static Fault dropAnswer() {
    return new Fault.DropAnswer();
  }

  /** The next so many calls of a method ({@code *}: of any) fail. */
  public void next(int times, String method, Fault fault) {
    rules.add(new Rule(method.toLowerCase(Locale.ROOT), new AtomicInteger(times), fault));
  }

  /** All calls of a method ({@code *}: of any) fail until {@link #clear}. */
  public void always(String method, Fault fault) {
    next(Integer.MAX_VALUE, method, fault);
  }

  /** From now on the token is nobody's. */
  public void revokeToken() {
    revoked = true;
  }

  /** All is well again. */
  public void clear() {
    rules.clear();
    revoked = false;
  }

  /** What of this was not met yet: a test can see that its fault happened. */
  public int left() {
    return rules.stream().mapToInt(rule -> rule.times().get()).sum();
  }

  boolean revoked() {
    return revoked;
  }

  Optional<Fault> of(String method) {
    for (Iterator<Rule> i = rules.iterator(); i.hasNext(); ) {
      Rule rule = i.next();
      if (rule.fits(method) && rule.times().getAndUpdate(n -> Math.max(0, n - 1)) > 0) {
        return Optional.of(rule.fault());
      }
    }
    return Optional.empty();
  }
}
