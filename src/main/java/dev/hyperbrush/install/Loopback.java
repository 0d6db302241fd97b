package dev.hyperbrush.install;

import java.util.Set;

/** Names of this machine. */
final class Loopback {
  private static final Set<String> NAMES = Set.of("localhost", "127.0.0.1", "::1", "[::1]");

  static boolean is(String host) {
    return NAMES.contains(host);
  }

  private Loopback() {}
}
