package dev.hyperbrush.chat.web;

import dev.hyperbrush.generation.ReasonCode;
import dev.hyperbrush.generation.Refusal;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Optional;

/**
 * Where the page listens and who may open it. Immutable.
 *
 * @param address to bind, a name or an IP address
 * @param port 0 for any that is free
 * @param accessToken what a browser must show once; needed unless only this machine can connect
 * @param names under which browsers know the page, beyond its address; for a proxy in front
 */
public record WebSettings(
    String address, int port, Optional<String> accessToken, List<String> names) {
  /** Too long to be guessed over the network. */
  static final int SHORTEST_TOKEN = 16;

  private static final int LAST_PORT = 65_535;

  /** Only for this machine. */
  public static WebSettings local(int port) {
    return new WebSettings("127.0.0.1", port, Optional.empty(), List.of());
  }

  /**
   * @throws Refusal when the page would be open to the network without a token, or cannot be bound
   */
  public WebSettings {
    names = List.copyOf(names);
    if (port < 0 || port > LAST_PORT) {
      throw new Refusal(ReasonCode.WEB_PORT_OUT_OF_RANGE, port, LAST_PORT);
    }
    if (accessToken.isPresent() && accessToken.get().length() < SHORTEST_TOKEN) {
      throw new Refusal(ReasonCode.WEB_TOKEN_SHORT, accessToken.get().length(), SHORTEST_TOKEN);
    }
    if (accessToken.isEmpty() && !isLoopback(address)) {
      throw new Refusal(ReasonCode.WEB_TOKEN_MISSING, address);
    }
  }

  /** Whether only programs of this machine can connect. */
  boolean onlyThisMachine() {
    return isLoopback(address);
  }

  /** Where a browser on this machine finds the page, given the port that it got. */
  String url(int boundPort) {
    String host = resolve(address).isAnyLocalAddress() ? "127.0.0.1" : address;
    return "http://" + (host.contains(":") ? "[" + host + "]" : host) + ":" + boundPort + "/";
  }

  private static boolean isLoopback(String address) {
    return resolve(address).isLoopbackAddress();
  }

  private static InetAddress resolve(String address) {
    try {
      return InetAddress.getByName(address);
    } catch (UnknownHostException e) {
      throw new Refusal(ReasonCode.WEB_ADDRESS_UNKNOWN, address);
    }
  }

  /** Without the token: settings end up in logs. */
  @Override
  public String toString() {
    return "WebSettings[address=%s, port=%d, accessToken=%s, names=%s]"
        .formatted(address, port, accessToken.isPresent() ? "set" : "none", names);
  }
}
