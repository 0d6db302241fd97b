package dev.hyperbrush.pipeline;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * A Protocol Buffers message, taken apart into fields in their order and put together again: enough
 * to change ONNX graphs. Immutable.
 */
record Proto(List<Field> fields) {
  private static final int VARINT = 0;
  private static final int FIXED64 = 1;
  private static final int BYTES = 2;
  private static final int FIXED32 = 5;

  /** A field with its payload, which of bytes is without their length. */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  record Field(int number, int type, byte[] payload) {
    String text() {
      return new String(payload, StandardCharsets.UTF_8);
    }

    Proto message() {
      return parse(payload);
    }
  }

  static Proto of(Field... fields) {
    return new Proto(List.of(fields));
  }

  static Field text(int number, String value) {
    return new Field(number, BYTES, value.getBytes(StandardCharsets.UTF_8));
  }

  static Field message(int number, Proto value) {
    return new Field(number, BYTES, value.bytes());
  }

  static Field integer(int number, long value) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    writeVarint(out, value);
    return new Field(number, VARINT, out.toByteArray());
  }

  static Proto parse(byte[] bytes) {
    List<Field> fields = new ArrayList<>();
    int at = 0;
    while (at < bytes.length) {
      int afterKey = skipVarint(bytes, at);
      long key = varint(bytes, at);
      int type = (int) key & 7;
      int from = type == BYTES ? skipVarint(bytes, afterKey) : afterKey;
      int to =
          switch (type) {
            case VARINT -> skipVarint(bytes, from);
            case FIXED64 -> from + 8;
            case BYTES -> from + (int) varint(bytes, afterKey);
            case FIXED32 -> from + 4;
            default -> throw new IllegalArgumentException("wire type " + type);
          };
      fields.add(new Field((int) (key >> 3), type, Arrays.copyOfRange(bytes, from, to)));
      at = to;
    }
    return new Proto(fields);
  }

  /** The fields of this number. */
  Stream<Field> all(int number) {
    return fields.stream().filter(field -> field.number == number);
  }

  Proto without(Predicate<Field> unwanted) {
    return new Proto(fields.stream().filter(unwanted.negate()).toList());
  }

  /** The fields of all of them, one message's after the other's. */
  static Proto merged(Proto... parts) {
    return new Proto(Stream.of(parts).flatMap(part -> part.fields.stream()).toList());
  }

  byte[] bytes() {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (Field field : fields) {
      writeVarint(out, ((long) field.number << 3) | field.type);
      if (field.type == BYTES) {
        writeVarint(out, field.payload.length);
      }
      out.writeBytes(field.payload);
    }
    return out.toByteArray();
  }

  private static int skipVarint(byte[] bytes, int from) {
    int at = from;
    while (bytes[at] < 0) {
      at++;
    }
    return at + 1;
  }

  private static long varint(byte[] bytes, int from) {
    long value = 0;
    for (int i = skipVarint(bytes, from) - 1; i >= from; i--) {
      value = (value << 7) | (bytes[i] & 0x7F);
    }
    return value;
  }

  private static void writeVarint(ByteArrayOutputStream out, long value) {
    long rest = value;
    while ((rest & ~0x7FL) != 0) {
      out.write((int) ((rest & 0x7F) | 0x80));
      rest >>>= 7;
    }
    out.write((int) rest);
  }
}
