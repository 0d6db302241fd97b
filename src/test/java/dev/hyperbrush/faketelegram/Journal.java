package dev.hyperbrush.faketelegram;

import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;

/** What happened: calls, refusals, violations. Thread-safe. */
final class Journal {
  final List<String> violations = new CopyOnWriteArrayList<>();
  final List<FakeTelegram.Refused> refusals = new CopyOnWriteArrayList<>();
  final List<FakeTelegram.Call> calls = new CopyOnWriteArrayList<>();

  void violation(String method, String what) {
    violations.add(method + ": " + what);
  }

  void call(String method, Map<String, String> parameters) {
    calls.add(new FakeTelegram.Call(method, parameters));
  }

  void refused(String method, Refusal refusal) {
    refusals.add(new FakeTelegram.Refused(method, refusal.code(), refusal.description()));
    if (refusal.isMistake()) {
      violation(method, refusal.description());
    }
  }
}
