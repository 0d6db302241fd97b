package dev.hyperbrush.fakediscord;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** What has been asked. Thread-safe. */
final class CallLog {
  /** What a client has to know without asking. */
  private static final Set<Integer> OWN_FAULT =
      Set.of(0, 30032, 40060, 50005, 50006, 50035, 50109, 40094);

  private final List<FakeDiscord.Call> calls = new ArrayList<>();
  private final List<Integer> errors = new ArrayList<>();

  synchronized void add(String route, int status) {
    calls.add(new FakeDiscord.Call(System.nanoTime(), route, status));
  }

  synchronized void error(String route, ApiError error) {
    errors.add(error.code);
  }

  synchronized List<FakeDiscord.Call> calls() {
    return List.copyOf(calls);
  }

  synchronized List<Integer> errors() {
    return List.copyOf(errors);
  }

  static boolean isClientsFault(ApiError error) {
    return OWN_FAULT.contains(error.code);
  }
}
