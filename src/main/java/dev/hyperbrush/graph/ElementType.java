package dev.hyperbrush.graph;

import dev.hyperbrush.checkpoint.WeightTensor;
import dev.hyperbrush.generation.ReasonCode;
import dev.hyperbrush.generation.Refusal;

/** Element types, numbered as {@code TensorProto.DataType} of onnx.proto does. */
enum ElementType {
  FLOAT(1),
  UINT8(2),
  INT32(6),
  INT64(7),
  FLOAT16(10),
  BFLOAT16(16),
  FLOAT8E4M3FN(17),
  FLOAT8E5M2(19);

  private final int number;

  ElementType(int number) {
    this.number = number;
  }

  int number() {
    return number;
  }

  static ElementType of(WeightTensor weight) {
    return switch (weight.dtype()) {
      case F32 -> FLOAT;
      case F16 -> FLOAT16;
      case BF16 -> BFLOAT16;
      case F8_E4M3 -> FLOAT8E4M3FN;
      case F8_E5M2 -> FLOAT8E5M2;
      default ->
          throw new Refusal(
              ReasonCode.TENSOR_TYPE_UNUSABLE, weight.name(), weight.file(), weight.dtype());
    };
  }
}
