package dev.hyperbrush.queue;

import java.net.InetAddress;
import java.net.UnknownHostException;

/** What this machine is called, so that its speed is not taken for another's. */
final class Machine {
  static final String NAME = name();

  private static String name() {
    try {
      return InetAddress.getLocalHost().getHostName();
    } catch (UnknownHostException e) { // it has a name that leads to no address
      return String.valueOf(e.getMessage()).split(":", 2)[0];
    }
  }

  private Machine() {}
}
