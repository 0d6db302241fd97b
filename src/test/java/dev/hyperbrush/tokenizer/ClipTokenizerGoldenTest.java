package dev.hyperbrush.tokenizer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import com.fasterxml.jackson.databind.JsonNode;
import dev.hyperbrush.Reference;
import dev.hyperbrush.checkpoint.SafetensorsFile;
import dev.hyperbrush.tensor.Tensor;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestFactory;

/** The ids that transformers' {@code CLIPTokenizerFast} recorded. */
@Tag("golden")
final class ClipTokenizerGoldenTest {
  @TestFactory
  List<DynamicTest> everyPromptHasTheSameIds() throws Exception {
    ClipTokenizer tokenizer = ClipTokenizer.load(vocabulary());
    List<DynamicTest> tests = new ArrayList<>();
    for (JsonNode prompt : Reference.json("tokenizer/tokens.json").get("prompts")) {
      String text = prompt.get("text").asText();
      int[] expected =
          StreamSupport.stream(prompt.get("ids").spliterator(), false)
              .mapToInt(JsonNode::asInt)
              .toArray();
      tests.add(
          dynamicTest(
              "'" + text + "'",
              () -> assertThat(tokenizer.tokenize(text)).containsExactly(expected)));
    }
    return tests;
  }

  @TestFactory
  List<DynamicTest> bothEncodersReadTheSameIds() throws Exception {
    SafetensorsFile recorded =
        SafetensorsFile.open(
            Reference.optional("components/text_encoders.safetensors", "ids of both encoders"));
    Tensor firstIds = recorded.read("te1.input_ids");
    Tensor secondIds = recorded.read("te2.input_ids");
    List<String> prompts = new ArrayList<>();
    for (JsonNode prompt : Reference.json("components/text_encoders.json").get("prompts")) {
      prompts.add(prompt.asText());
    }
    Path model = Reference.path("tiny-sdxl");
    ClipTokenizer first = ClipTokenizer.load(model.resolve("tokenizer"), vocabulary());
    ClipTokenizer second = ClipTokenizer.load(model.resolve("tokenizer_2"), vocabulary());
    return IntStream.range(0, prompts.size())
        .mapToObj(i ->
            dynamicTest(
                "'" + prompts.get(i) + "'",
                () -> {
                  assertIds(first, prompts.get(i), firstIds, i);
                  assertIds(second, prompts.get(i), secondIds, i);
                }))
        .toList();
  }

  private static void assertIds(ClipTokenizer tokenizer, String prompt, Tensor recorded, int row) {
    int[] ids = tokenizer.encode(prompt).ids();
    float[] expected = recorded.slice(row, row + 1).data();
    assertThat(ids)
        .containsExactly(IntStream.range(0, expected.length).map(i -> (int) expected[i]).toArray());
  }

  private static Path vocabulary() {
    Reference.optional("tokenizer/vocab.json", "the folder has no tokenizer");
    return Reference.path("tokenizer");
  }
}
