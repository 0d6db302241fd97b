package dev.hyperbrush.graph;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads back what a {@code ModelProto} of onnx.proto says of its graph, for tests.
 *
 * @param opsets versions by domain
 * @param initializers element types by name
 * @param inputs element types by name
 * @param outputs element types by name
 */
record OnnxReader(
    Map<String, Long> opsets,
    Map<String, Integer> initializers,
    Map<String, Integer> inputs,
    Map<String, Integer> outputs,
    List<Node> nodes) {

  /**
   * A node.
   *
   * @param to the attribute of Cast; 0 elsewhere
   */
  record Node(
      String name, String operator, String domain, List<String> in, List<String> out, int to) {}

  static OnnxReader read(byte[] model) {
    OnnxReader reader =
        new OnnxReader(
            new HashMap<>(), new HashMap<>(), new HashMap<>(), new HashMap<>(), new ArrayList<>());
    for (Field field : Message.of(model).fields) {
      if (field.number == 8) {
        Message opset = field.message();
        reader.opsets.put(opset.text(1), opset.integer(2));
      } else if (field.number == 7) {
        field.message().fields.forEach(reader::add);
      }
    }
    return reader;
  }

  private void add(Field field) {
    switch (field.number) {
      case 1 -> nodes.add(node(field.message()));
      case 5 -> initializers.put(field.message().text(8), (int) field.message().integer(2));
      case 11 -> inputs.put(field.message().text(1), elementType(field.message()));
      case 12 -> outputs.put(field.message().text(1), elementType(field.message()));
      default -> {
        // its name
      }
    }
  }

  private static int elementType(Message valueInfo) {
    return (int) valueInfo.message(2).message(1).integer(1);
  }

  private static Node node(Message node) {
    int to = 0;
    for (Field field : node.fields) {
      if (field.number == 5 && field.message().text(1).equals("to")) {
        to = (int) field.message().integer(3);
      }
    }
    return new Node(node.text(3), node.text(4), node.text(7), node.texts(1), node.texts(2), to);
  }

  /** A number, or bytes. */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  private record Field(int number, long value, byte[] bytes) {
    Message message() {
      return Message.of(bytes);
    }
  }

  /** The fields of a protocol buffer. */
  private record Message(List<Field> fields) {
    static Message of(byte[] bytes) {
      Cursor cursor = new Cursor(bytes);
      List<Field> fields = new ArrayList<>();
      while (cursor.at < bytes.length) {
        fields.add(cursor.field());
      }
      return new Message(fields);
    }

    List<String> texts(int number) {
      return fields.stream()
          .filter(field -> field.number == number)
          .map(field -> new String(field.bytes, StandardCharsets.UTF_8))
          .toList();
    }

    String text(int number) {
      return texts(number).isEmpty() ? "" : texts(number).getFirst();
    }

    long integer(int number) {
      return fields.stream()
          .filter(field -> field.number == number)
          .mapToLong(Field::value)
          .findFirst()
          .orElse(0);
    }

    Message message(int number) {
      return fields.stream()
          .filter(field -> field.number == number)
          .findFirst()
          .orElseThrow()
          .message();
    }
  }

  /** Reads one field after the other. */
  private static final class Cursor {
    private final byte[] bytes;
    private int at;

    Cursor(byte[] bytes) {
      this.bytes = bytes;
    }

    Field field() {
      long key = varint();
      int number = (int) (key >>> 3);
      return switch ((int) (key & 7)) {
        case 0 -> new Field(number, varint(), new byte[0]);
        case 2 -> new Field(number, 0, take((int) varint()));
        case 5 -> new Field(number, 0, take(Float.BYTES));
        default -> throw new AssertionError("wire type of " + key);
      };
    }

    private long varint() {
      long value = 0;
      for (int shift = 0; ; shift += 7) {
        byte next = bytes[at++];
        value |= (next & 0x7FL) << shift;
        if (next >= 0) {
          return value;
        }
      }
    }

    private byte[] take(int length) {
      byte[] taken = Arrays.copyOfRange(bytes, at, at + length);
      at += length;
      return taken;
    }
  }
}
