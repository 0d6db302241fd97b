package dev.hyperbrush.fakediscord;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.function.Consumer;

/** A port of the loopback that is open until it is closed. Thread-safe. */
final class Port implements AutoCloseable {
  private final ServerSocket server;
  private final Consumer<Socket> guests;
  private final Thread accepting;

  /**
   * Opens it.
   *
   * @param number 0 for any
   * @param guests must return at once
   */
  Port(int number, Consumer<Socket> guests) {
    this.guests = guests;
    try {
      server = new ServerSocket();
      server.setReuseAddress(true);
      server.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), number), 1000);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    accepting = Thread.ofVirtual().start(this::accept);
  }

  int number() {
    return server.getLocalPort();
  }

  private void accept() {
    while (!server.isClosed()) {
      try {
        guests.accept(server.accept());
      } catch (IOException e) {
        // Closed, or the client was gone before it was there.
      }
    }
  }

  @Override
  public void close() {
    try {
      server.close();
      accepting.join(); // which holds the port until then
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
