package dev.hyperbrush.graph;

/** A named setting of a node, encoded as {@code AttributeProto} of onnx.proto. Immutable. */
final class Attribute {
  private static final int NAME = 1;
  private static final int TYPE = 20;

  private final ProtoWriter encoded;

  private Attribute(String name, int type) {
    encoded = new ProtoWriter().text(NAME, name).integer(TYPE, type);
  }

  static Attribute number(String name, float value) {
    Attribute attribute = new Attribute(name, 1);
    attribute.encoded.number(2, value);
    return attribute;
  }

  static Attribute integer(String name, long value) {
    Attribute attribute = new Attribute(name, 2);
    attribute.encoded.integer(3, value);
    return attribute;
  }

  static Attribute text(String name, String value) {
    Attribute attribute = new Attribute(name, 3);
    attribute.encoded.text(4, value);
    return attribute;
  }

  static Attribute integers(String name, long... values) {
    Attribute attribute = new Attribute(name, 7);
    for (long value : values) {
      attribute.encoded.integer(8, value);
    }
    return attribute;
  }

  ProtoWriter encoded() {
    return encoded;
  }
}
