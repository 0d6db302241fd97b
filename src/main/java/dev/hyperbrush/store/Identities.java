package dev.hyperbrush.store;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Who is behind the identities that were seen lately: they are asked for with every command.
 * Thread-safe.
 */
final class Identities {
  /** A person on one platform. */
  record Identity(String platform, String platformId) {}

  /** Whose identity it is, and how they are called there. */
  record Known(Profile person, String displayName) {}

  private static final int MOST = 100_000;

  private final Cache<Identity, Known> known;
  private final AtomicLong forgotten = new AtomicLong();

  private Identities(int most) {
    known =
        Caffeine.newBuilder().maximumSize(most).expireAfterWrite(Duration.ofMinutes(10)).build();
  }

  static Identities remembering() {
    return new Identities(MOST);
  }

  /** Where another process may change who somebody is. */
  static Identities forgetful() {
    return new Identities(0);
  }

  Optional<Known> find(Identity identity) {
    return Optional.ofNullable(known.getIfPresent(identity));
  }

  /** Call before reading what to {@link #remember}. */
  long beforeReading() {
    return forgotten.get();
  }

  /** Does nothing when something was forgotten since {@code before}: it may have been this. */
  void remember(Identity identity, Known read, long before) {
    known.put(identity, read);
    if (forgotten.get() != before) {
      known.invalidate(identity);
    }
  }

  void forget(long personId) {
    forgotten.incrementAndGet();
    known.asMap().values().removeIf(one -> one.person().id() == personId);
  }
}
