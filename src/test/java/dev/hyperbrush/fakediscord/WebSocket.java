package dev.hyperbrush.fakediscord;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;

/** The server's end of a WebSocket (RFC 6455). One thread reads; any may write. */
final class WebSocket {
  private static final String MAGIC = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";
  private static final int TEXT = 1;
  private static final int BINARY = 2;
  private static final int CLOSE = 8;
  private static final int PING = 9;
  private static final int PONG = 10;
  private static final int MOST = 1 << 16;

  private final Socket socket;
  private final DataInputStream in;
  private final DataOutputStream out;
  private final ReentrantLock writing = new ReentrantLock();
  private int closeCode = 1006;
  final Map<String, String> query = new HashMap<>();

  /** Shakes hands. */
  WebSocket(Socket socket) throws IOException {
    this.socket = socket;
    socket.setTcpNoDelay(true);
    in = new DataInputStream(new BufferedInputStream(socket.getInputStream()));
    out = new DataOutputStream(socket.getOutputStream());
    shakeHands();
  }

  private void shakeHands() throws IOException {
    String[] first = line().split(" ", -1);
    if (first.length != 3 || !first[0].equals("GET")) {
      throw new IOException("not a WebSocket");
    }
    Map<String, String> headers = new HashMap<>();
    for (String line = line(); !line.isEmpty(); line = line()) {
      String[] parts = line.split(":", 2);
      headers.put(parts[0].toLowerCase(Locale.ROOT), parts[1].strip());
    }
    String raw = URI.create(first[1]).getQuery();
    if (raw != null) {
      for (String pair : raw.split("&", -1)) {
        String[] parts = pair.split("=", 2);
        query.put(parts[0], parts.length > 1 ? parts[1] : "");
      }
    }
    String key = headers.getOrDefault("sec-websocket-key", "");
    out.write(
        ("HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                + "Sec-WebSocket-Accept: "
                + accept(key)
                + "\r\n\r\n")
            .getBytes(StandardCharsets.US_ASCII));
  }

  private static String accept(String key) {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-1")
              .digest((key + MAGIC).getBytes(StandardCharsets.US_ASCII));
      return Base64.getEncoder().encodeToString(digest);
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError(e);
    }
  }

  private String line() throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    for (int next = in.readUnsignedByte(); next != '\n'; next = in.readUnsignedByte()) {
      if (next != '\r') {
        line.write(next);
      }
      if (line.size() > MOST) {
        throw new IOException("endless line");
      }
    }
    return line.toString(StandardCharsets.UTF_8);
  }

  /** The next message; empty once the client has closed. */
  Optional<byte[]> read() throws IOException {
    ByteArrayOutputStream message = new ByteArrayOutputStream();
    while (true) {
      int head = in.readUnsignedByte();
      byte[] payload = payload();
      switch (head & 0x0F) {
        case CLOSE -> {
          closeCode = payload.length < 2 ? 1005 : (payload[0] & 0xFF) << 8 | (payload[1] & 0xFF);
          frame(CLOSE, payload);
          return Optional.empty();
        }
        case PING -> frame(PONG, payload);
        case PONG -> {}
        default -> {
          message.write(payload);
          if ((head & 0x80) != 0) {
            return Optional.of(message.toByteArray());
          }
        }
      }
    }
  }

  private byte[] payload() throws IOException {
    int second = in.readUnsignedByte();
    if ((second & 0x80) == 0) {
      throw new IOException("a client has to mask what it sends");
    }
    long length = second & 0x7F;
    if (length == 126) {
      length = in.readUnsignedShort();
    } else if (length == 127) {
      length = in.readLong();
    }
    if (length > MOST) {
      throw new IOException("message of " + length + " bytes");
    }
    byte[] mask = in.readNBytes(4);
    byte[] payload = in.readNBytes((int) length);
    if (mask.length < 4 || payload.length < length) {
      throw new EOFException();
    }
    for (int i = 0; i < payload.length; i++) {
      payload[i] ^= mask[i & 3];
    }
    return payload;
  }

  void send(byte[] payload, boolean binary) throws IOException {
    frame(binary ? BINARY : TEXT, payload);
  }

  private void frame(int opcode, byte[] payload) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(payload.length + 10);
    DataOutputStream frame = new DataOutputStream(bytes);
    frame.writeByte(0x80 | opcode);
    if (payload.length < 126) {
      frame.writeByte(payload.length);
    } else if (payload.length < 65_536) {
      frame.writeByte(126);
      frame.writeShort(payload.length);
    } else {
      frame.writeByte(127);
      frame.writeLong(payload.length);
    }
    frame.write(payload);
    writing.lock();
    try {
      out.write(bytes.toByteArray());
      out.flush();
    } finally {
      writing.unlock();
    }
  }

  /** Says goodbye; the client answers, and then the connection is closed. */
  void close(int code, String reason) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    bytes.write(code >> 8);
    bytes.write(code);
    bytes.writeBytes(reason.getBytes(StandardCharsets.UTF_8));
    frame(CLOSE, bytes.toByteArray());
  }

  /** As when the network goes. */
  void cut() {
    try {
      socket.close();
    } catch (IOException e) {
      // Then it is gone already.
    }
  }

  /** What the client closed with; 1006 if it did not. */
  int closeCode() {
    return closeCode;
  }
}
