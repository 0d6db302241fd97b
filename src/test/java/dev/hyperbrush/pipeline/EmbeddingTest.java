package dev.hyperbrush.pipeline;

import static dev.hyperbrush.tensor.Closeness.assertClose;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hyperbrush.Reference;
import dev.hyperbrush.checkpoint.DType;
import dev.hyperbrush.checkpoint.DiffusersFolder;
import dev.hyperbrush.checkpoint.ModelFiles;
import dev.hyperbrush.checkpoint.SafetensorsFile;
import dev.hyperbrush.checkpoint.SafetensorsWriter;
import dev.hyperbrush.generation.Cancellation;
import dev.hyperbrush.generation.Phrase;
import dev.hyperbrush.generation.ReasonCode;
import dev.hyperbrush.graph.PromptStates;
import dev.hyperbrush.onnx.OnnxSettings;
import dev.hyperbrush.tensor.Tensor;
import dev.hyperbrush.textencoder.OnnxTextEncoder;
import dev.hyperbrush.tokenizer.ClipTokenizer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Textual inversions in prompts of the reference model, whose encoders have sizes 8 and 16. */
final class EmbeddingTest {
  private static final double TOLERANCE = 2e-5;

  @TempDir Path folder;

  private PromptEncoder prompts;

  @BeforeEach
  void load() {
    ModelFiles model = DiffusersFolder.open(Reference.path("tiny-sdxl"));
    prompts =
        new PromptEncoder(
            model.textEncoders().stream()
                .map(encoder ->
                    new PromptEncoder.Part(
                        ClipTokenizer.load(encoder.tokenizer(), Reference.path("tokenizer")),
                        OnnxTextEncoder.load(
                            encoder.component(), PromptStates.PENULTIMATE, OnnxSettings.cpu())))
                .toList(),
            new EmbeddingFolder(folder));
  }

  @AfterEach
  void close() {
    prompts.close();
  }

  /** As transformers' encoders do with three words more in their vocabularies. */
  @ParameterizedTest
  @Tag("golden")
  @ValueSource(
      strings = {
        "a red my-style circle",
        "a red <my-style> circle",
        "A RED  My-Style circle",
        "a red<MY-STYLE>circle"
      })
  void vectorsTakeThePlaceOfTheWord(String prompt) throws IOException {
    install("my-style");
    SafetensorsFile golden = SafetensorsFile.open(Reference.path("embeddings/goldens.safetensors"));
    PromptEmbeddings embeddings = encode(prompt);
    Tensor both = embeddings.promptEmbeds(); // [1, 77, 8 + 16]
    assertClose("clip_l", columns(both, 0, 8), golden.read("clip_l.hidden"), TOLERANCE);
    assertClose("clip_g", columns(both, 8, 24), golden.read("clip_g.hidden"), TOLERANCE);
    Tensor pooled = embeddings.pooledPromptEmbeds().orElseThrow();
    assertClose("pooled", pooled, golden.read("pooled"), TOLERANCE);
    assertThat(prompts.notices(prompt)).isEmpty();
  }

  @Test
  void isPartOfNoOtherWord() throws IOException {
    float[] plain = embeds("a my-style-two circle, xmy-style");
    install("my-style");
    assertThat(embeds("a my-style-two circle, xmy-style")).isEqualTo(plain);
    assertThat(embeds("a my-style, circle")).isNotEqualTo(plain);
  }

  @Test
  void theLongestNameCounts() throws IOException {
    install("style");
    float[] two = embeds("a my style");
    install("my style");
    assertThat(embeds("a my style")).isNotEqualTo(two);
  }

  @Test
  void filesComeAndGo() throws IOException {
    float[] plain = embeds("a my-style circle");
    install("my-style");
    float[] styled = embeds("a my-style circle");
    assertThat(styled).isNotEqualTo(plain);
    write("my-style", Map.of("clip_l", filled(8), "clip_g", filled(16)));
    Files.setLastModifiedTime(file("my-style"), FileTime.fromMillis(1_000_000));
    assertThat(embeds("a my-style circle")).isNotEqualTo(styled);
    Files.delete(file("my-style"));
    assertThat(embeds("a my-style circle")).isEqualTo(plain);
  }

  /** One slot of each kind: what is longer than the prompt's room is cut as words are. */
  @Test
  void takesItsSlots() throws IOException {
    install("my-style");
    String many = "my-style ".repeat(25);
    assertThat(embeds(many)).hasSize(77 * 24);
    assertThat(prompts.tokenize(many).truncated()).isFalse();
    assertThat(prompts.tokenize(many + "cat my-style").ignoredText()).isEqualTo("cat my-style");
  }

  @Test
  void thatOfAnotherBaseIsPlainWordsWithANotice() throws IOException {
    float[] plain = embeds("a easy circle");
    write("easy", Map.of("emb_params", Tensor.zeros(4, 768)));
    assertThat(embeds("a easy circle")).isEqualTo(plain);
    assertThat(prompts.notices("an easy circle"))
        .containsExactly(Phrase.of(ReasonCode.EMBEDDING_OTHER_BASE, "easy", "SD 1.5"));
    assertThat(prompts.notices("an uneasy circle")).isEmpty();
  }

  @Test
  void picklesAndOtherFilesAreNamed() throws IOException {
    Files.writeString(folder.resolve("bad.pt"), "PK");
    write("two", Map.of("a", filled(8), "b", filled(8)));
    write("uneven", Map.of("clip_l", Tensor.zeros(1, 8), "clip_g", Tensor.zeros(2, 16)));
    write("nan", Map.of("clip_l", filled(8, Float.NaN), "clip_g", filled(16)));
    Files.writeString(file("torn"), "not weights");
    var _ = embeds("a circle");
    assertThat(codes("a bad two uneven nan torn circle"))
        .containsExactly(
            ReasonCode.EMBEDDING_PICKLE,
            ReasonCode.EMBEDDING_UNKNOWN,
            ReasonCode.EMBEDDING_UNKNOWN,
            ReasonCode.TENSOR_BROKEN,
            ReasonCode.WEIGHTS_BROKEN);
  }

  /** The form of SD 1.5, of one encoder. */
  @Test
  void aSingleTensorIsForOneEncoder() throws IOException {
    write("single", Map.of("<anything>", filled(8)));
    EmbeddingFolder.Entry entry = new EmbeddingFolder(folder).look().values().iterator().next();
    EmbeddingWords words = new EmbeddingWords(List.of(entry), List.of(8));
    assertThat(words.notices("single")).isEmpty();
    EmbeddingWords.Picked picked = words.pick(new int[] {5, -1, 6, -1}, 0);
    assertThat(picked.ids()).containsExactly(5, -1, 6, -2);
    assertThat(picked.vectors().shape()).containsExactly(2, 8);
    assertThat(new EmbeddingWords(List.of(entry), List.of(0)).notices("single"))
        .containsExactly(Phrase.of(ReasonCode.EMBEDDING_NOT_WITH_ONNX, "single"));
  }

  private List<ReasonCode> codes(String prompt) {
    return prompts.notices(prompt).stream().map(Phrase::code).toList();
  }

  private PromptEmbeddings encode(String prompt) {
    return prompts.encode(prompt, 0, Cancellation.none());
  }

  private float[] embeds(String prompt) {
    return encode(prompt).promptEmbeds().data();
  }

  private void install(String name) throws IOException {
    Files.copy(Reference.path("embeddings/my-style.safetensors"), file(name));
  }

  private void write(String name, Map<String, Tensor> tensors) throws IOException {
    var _ = SafetensorsWriter.write(file(name), DType.F32, tensors);
  }

  private Path file(String name) {
    return folder.resolve(name + ".safetensors");
  }

  private static Tensor filled(int size) {
    return filled(size, 0.5f);
  }

  private static Tensor filled(int size, float value) {
    Tensor tensor = Tensor.zeros(1, size);
    Arrays.fill(tensor.data(), value);
    return tensor;
  }

  private static Tensor columns(Tensor tensor, int from, int to) {
    Tensor part = Tensor.zeros(1, tensor.dim(1), to - from);
    for (int token = 0; token < tensor.dim(1); token++) {
      System.arraycopy(
          tensor.data(), token * tensor.dim(2) + from, part.data(), token * (to - from), to - from);
    }
    return part;
  }
}
