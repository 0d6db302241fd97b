package dev.hyperbrush.checkpoint;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import dev.hyperbrush.generation.ReasonCode;
import dev.hyperbrush.generation.Refusal;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Reads and checks the header of a safetensors file; every claim is checked before it is used. */
record SafetensorsHeader(Map<String, WeightTensor> tensors, Map<String, String> metadata) {
  /** The limit of the format itself. */
  private static final long MAX_BYTES = 100_000_000;

  /** SDXL has 2,700 tensors, a LoRA of every layer 6,000. */
  private static final int MAX_TENSORS = 100_000;

  private static final int MAX_RANK = 8;

  /** A petabyte: far beyond any file, and safe to add to. */
  private static final long MAX_FILE_BYTES = 1L << 50;

  /** Names end up in sentences that people read. */
  private static final int MAX_NAME_LENGTH = 500;

  private static final int PREFIX_BYTES = 8;

  private static final JsonFactory JSON =
      JsonFactory.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .streamReadConstraints(
              StreamReadConstraints.builder().maxNameLength(MAX_NAME_LENGTH).build())
          .build();

  static SafetensorsHeader read(Path file) throws IOException {
    long fileSize = Files.size(file);
    byte[] json;
    try (InputStream in = Files.newInputStream(file)) {
      json = in.readNBytes(headerBytes(file, in.readNBytes(PREFIX_BYTES), fileSize));
    }
    long dataOffset = (long) PREFIX_BYTES + json.length;
    try (JsonParser parser = JSON.createParser(json)) {
      return new Reading(file, dataOffset, fileSize, parser).header();
    } catch (JsonProcessingException e) {
      ForeignFormat.refuse(file);
      throw WeightFileProblem.broken(file, "its header cannot be read: " + e.getOriginalMessage());
    }
  }

  private static int headerBytes(Path file, byte[] prefix, long fileSize) throws IOException {
    if (prefix.length < PREFIX_BYTES) {
      ForeignFormat.refuse(file);
      throw WeightFileProblem.broken(file, "it has only " + prefix.length + " bytes");
    }
    long size = ByteBuffer.wrap(prefix).order(ByteOrder.LITTLE_ENDIAN).getLong();
    if (size < 2 || size > MAX_BYTES) {
      ForeignFormat.refuse(file);
      throw WeightFileProblem.broken(
          file, "its header claims " + Long.toUnsignedString(size) + " bytes");
    }
    if (size > fileSize - PREFIX_BYTES) {
      ForeignFormat.refuse(file);
      throw WeightFileProblem.broken(
          file, "its header claims " + size + " bytes, the whole file has " + fileSize);
    }
    return (int) size;
  }

  /** One pass over the JSON of one file. */
  private record Reading(Path file, long dataOffset, long fileSize, JsonParser parser) {
    SafetensorsHeader header() throws IOException {
      Map<String, WeightTensor> tensors = new LinkedHashMap<>();
      Map<String, String> metadata = new LinkedHashMap<>();
      expect(parser.nextToken() == JsonToken.START_OBJECT, "its header is no JSON object");
      while (parser.nextToken() == JsonToken.FIELD_NAME) {
        String name = parser.currentName();
        if (name.equals("__metadata__")) {
          metadata.putAll(metadata());
        } else {
          tensors.put(name, tensor(name));
        }
        expect(tensors.size() <= MAX_TENSORS, "it lists more than " + MAX_TENSORS + " tensors");
      }
      expect(parser.nextToken() == null, "its header goes on after the JSON object");
      refuseCutOff(tensors);
      refuseOverlaps(tensors);
      return new SafetensorsHeader(tensors, metadata);
    }

    private Map<String, String> metadata() throws IOException {
      Map<String, String> metadata = new LinkedHashMap<>();
      expect(parser.nextToken() == JsonToken.START_OBJECT, "its __metadata__ is no JSON object");
      while (parser.nextToken() == JsonToken.FIELD_NAME) {
        String key = parser.currentName();
        if (parser.nextToken().isScalarValue()) {
          metadata.put(key, parser.getText());
        } else {
          parser.skipChildren();
        }
      }
      return metadata;
    }

    private WeightTensor tensor(String name) throws IOException {
      String dtype = "";
      List<Long> shape = null;
      List<Long> range = null;
      expect(parser.nextToken() == JsonToken.START_OBJECT, name, "is not described by an object");
      while (parser.nextToken() == JsonToken.FIELD_NAME) {
        String key = parser.currentName();
        parser.nextToken();
        switch (key) {
          case "dtype" -> dtype = parser.getText();
          case "shape" -> shape = numbers(name, key);
          case "data_offsets" -> range = numbers(name, key);
          default -> parser.skipChildren();
        }
      }
      if (shape == null || range == null || range.size() != 2) {
        throw WeightFileProblem.brokenTensor(file, name, "has no dtype, shape or place");
      }
      return checked(name, dtype, shape, range.get(0), range.get(1));
    }

    private WeightTensor checked(
        String name, String dtypeName, List<Long> shape, long begin, long end) {
      DType dtype =
          DType.named(dtypeName)
              .orElseThrow(() ->
                  WeightFileProblem.brokenTensor(
                      file, name, "has the unknown type '" + dtypeName + "'"));
      expect(begin <= end, name, "ends at " + end + " before it begins at " + begin);
      expect(end <= MAX_FILE_BYTES, name, "ends at the impossible byte " + end);
      expect(
          bytes(name, dtype, shape) == end - begin,
          name,
          "of shape "
              + shape
              + " and type "
              + dtype
              + " does not fit its "
              + (end - begin)
              + " bytes");
      return new WeightTensor(name, dtype, shape, file, dataOffset + begin, end - begin);
    }

    private long bytes(String name, DType dtype, List<Long> shape) {
      try {
        return shape.stream().reduce((long) dtype.bytes(), Math::multiplyExact);
      } catch (ArithmeticException e) {
        throw WeightFileProblem.brokenTensor(file, name, "has the impossible shape " + shape);
      }
    }

    private List<Long> numbers(String name, String key) throws IOException {
      List<Long> numbers = new ArrayList<>();
      expect(parser.currentToken() == JsonToken.START_ARRAY, name, "has no list as " + key);
      while (parser.nextToken() != JsonToken.END_ARRAY) {
        boolean whole = parser.currentToken() == JsonToken.VALUE_NUMBER_INT;
        expect(whole && parser.getLongValue() >= 0, name, "has a bad number in " + key);
        expect(numbers.size() < MAX_RANK, name, "has too many numbers in " + key);
        numbers.add(parser.getLongValue());
      }
      return numbers;
    }

    private void refuseCutOff(Map<String, WeightTensor> tensors) {
      long whole =
          tensors.values().stream()
              .mapToLong(tensor -> tensor.offset() + tensor.length())
              .max()
              .orElse(0);
      if (whole > fileSize) {
        throw new Refusal(ReasonCode.FILE_CUT_OFF, file, whole - fileSize, whole);
      }
    }

    private void refuseOverlaps(Map<String, WeightTensor> tensors) {
      List<WeightTensor> inOrder =
          tensors.values().stream()
              .filter(tensor -> tensor.length() > 0)
              .sorted(Comparator.comparingLong(WeightTensor::offset))
              .toList();
      for (int i = 1; i < inOrder.size(); i++) {
        WeightTensor before = inOrder.get(i - 1);
        WeightTensor tensor = inOrder.get(i);
        expect(
            before.offset() + before.length() <= tensor.offset(),
            tensor.name(),
            "overlaps '" + before.name() + "'");
      }
    }

    private void expect(boolean fine, String problem) {
      if (!fine) {
        throw WeightFileProblem.broken(file, problem);
      }
    }

    private void expect(boolean fine, String tensor, String problem) {
      if (!fine) {
        throw WeightFileProblem.brokenTensor(file, tensor, problem);
      }
    }
  }
}
