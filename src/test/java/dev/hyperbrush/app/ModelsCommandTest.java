package dev.hyperbrush.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hyperbrush.install.FakeSource;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

/** Installing and removing models as an operator does it, from a mirror on loopback. */
final class ModelsCommandTest {
  private static final String MODELS =
      """
      licences:
        free: {name: Free for all, url: https://example.org/free}
        strict: {name: Strict, url: https://example.org/strict, nonCommercial: true,
                 summary: Not for money.}
      files:
        base: {to: models/base.safetensors, repo: a/b, path: base.safetensors, licence: free}
        fast: {to: loras/fast.safetensors, repo: a/b, path: fast.safetensors, about: 1 MB,
               licence: strict}
        words: {repo: a/b, licence: free, parts: [
          {to: tokenizers/clip/vocab.json, path: vocab.json},
          {to: tokenizers/clip/merges.txt, path: merges.txt}]}
      models:
        quick:
          title: Quick
          needs: [base, fast, words]
          file: models/base.safetensors
          recipes: [{steps: 1-4, scheduler: TCD, loras: [fast]}]
        slow:
          title: Slow
          needs: [base, words]
          file: models/base.safetensors
          recipes: [{steps: 20, scheduler: Euler}]
      """;

  @TempDir private Path folder;
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();
  private FakeSource source;
  private Path data;

  @BeforeEach
  void open() throws IOException {
    source = new FakeSource();
    data = folder.resolve("data");
    Files.writeString(
        folder.resolve("hyperbrush.yaml"), "downloads: {base: \"" + source.base() + "\"}\n");
    Files.writeString(folder.resolve("models.yaml"), MODELS);
    put("base.safetensors", weights("model.diffusion_model.x", 8));
    put("fast.safetensors", weights("unet.x.lora_A.weight", 16));
    put("vocab.json", "{}".getBytes(StandardCharsets.UTF_8));
    put("merges.txt", "#version: 0.2".getBytes(StandardCharsets.UTF_8));
  }

  @AfterEach
  void close() {
    source.close();
  }

  @Test
  void nothingComesBeforeItsLicencesAreAccepted() {
    assertThat(models("add", "quick")).isEqualTo(1);

    assertThat(out.toString()).contains("Strict (NOT for commercial use)", "Not for money.");
    assertThat(err.toString()).contains("https://example.org/strict", "--accept-licence");
    assertThat(source.requests()).isEmpty();
    assertThat(data.resolve("licences.json")).doesNotExist();
  }

  @Test
  void aModelIsInstalledWithAllItsFiles() throws IOException {
    assertThat(models("add", "quick", "--accept-licence")).as(err.toString()).isZero();

    assertThat(out.toString())
        .contains(
            "size unknown",
            "about 1 MB in all",
            "Addresses that were not checked",
            "--model quick");
    assertThat(Files.readString(data.resolve("licences.json"))).contains("strict", "accepted\" : ");
    assertThat(data.resolve("tokenizers/clip/merges.txt")).hasContent("#version: 0.2");
    assertThat(models("list")).isZero();
    assertThat(out.toString()).contains("  quick ", "non-commercial");
    assertThat(said("verify", "quick")).contains("unchanged since it was downloaded");
  }

  @Test
  void aModelOfFilesThatAreThereAsksForNothingMore() {
    models("add", "quick", "--accept-licence");
    int before = source.requests().size();

    assertThat(models("add", "slow")).isZero();

    assertThat(source.requests()).hasSize(before);
  }

  @Test
  void aCutDownloadIsTakenUpByTheSameCommand() {
    source.next(FakeSource.none(), FakeSource.none(), FakeSource.status(404));
    assertThat(models("add", "quick", "--accept-licence")).isEqualTo(1);
    assertThat(err.toString()).contains("There is no file at", "fast.safetensors");
    assertThat(said("list")).contains("  quick ", "about 1 MB");

    assertThat(models("add", "quick")).isZero();

    assertThat(said("list").split("In the catalogue", -1)[0]).contains("  quick ");
  }

  @Test
  void whatChangedAtItsSourceIsPulledAnew() throws IOException {
    models("add", "quick", "--accept-licence");
    assertThat(said("pull")).contains("All is there");
    byte[] newer = weights("unet.x.lora_A.weight", 32);
    put("fast.safetensors", newer);

    assertThat(said("pull")).contains("loras/fast.safetensors", "Done.");

    assertThat(data.resolve("loras/fast.safetensors")).hasBinaryContent(newer);
  }

  @Test
  void eachWrongFileIsNamed() throws IOException {
    models("add", "quick", "--accept-licence");
    byte[] other = weights("unet.x.lora_A.weight", 16);
    other[other.length - 1] ^= 1;
    Files.write(data.resolve("loras/fast.safetensors"), other);
    Files.write(data.resolve("models/base.safetensors"), new byte[5]);

    assertThat(models("verify", "quick")).isEqualTo(1);

    assertThat(out.toString())
        .contains("WRONG  loras/fast.safetensors  has the SHA-256")
        .contains("WRONG  models/base.safetensors  has 5 bytes, expected were")
        .contains("ok     tokenizers/clip/vocab.json");
    assertThat(err.toString()).contains("should be: 2.");

    assertThat(said("pull"))
        .contains("loras/fast.safetensors", "models/base.safetensors")
        .doesNotContain("vocab.json");
    assertThat(said("verify", "quick")).doesNotContain("WRONG");

    Files.createDirectories(data.resolve("vae"));
    Files.write(data.resolve("vae/taesd.safetensors"), new byte[5]);
    assertThat(models("verify")).as("a file that no model needs").isEqualTo(1);
    assertThat(out.toString()).contains("WRONG  vae/taesd.safetensors");
  }

  @Test
  void whatOthersNeedStaysWhenAModelGoes() {
    models("add", "quick", "--accept-licence");
    models("add", "slow");

    assertThat(said("remove", "slow", "--yes"))
        .contains("models/base.safetensors, which quick needs", "Nothing was deleted")
        .doesNotContain("Removed");
    assertThat(models("remove", "quick")).isEqualTo(1);
    assertThat(data.resolve("loras/fast.safetensors")).exists();
    assertThat(said("remove", "quick", "--yes"))
        .contains("stays: models/base.safetensors, which slow needs", "No picture waits for it.");

    assertThat(data.resolve("loras/fast.safetensors")).doesNotExist();
    assertThat(data.resolve("models/base.safetensors")).exists();
    assertThat(said("remove", "slow", "--yes")).doesNotContain("stays");
    assertThat(data.resolve("models/base.safetensors")).doesNotExist();
    assertThat(said("remove", "slow")).contains("Nothing of it is here.");
    assertThat(said("pull")).contains("Nothing was added yet");
  }

  @Test
  void theUsualModelIsChosenAndForgottenWithIt() throws IOException {
    models("add", "slow", "--accept-licence");
    assertThat(models("use", "quick")).isEqualTo(1);
    assertThat(err.toString()).contains("models add quick");

    assertThat(said("use", "slow")).contains("Slow is what people get");
    assertThat(said("list")).containsPattern("slow +Slow +20 steps +\\(default\\)");
    assertThat(said("remove", "slow", "--yes")).contains("the built-in model is that again");
    assertThat(said("list")).containsPattern("tiny .*\\(default\\)");
  }

  @Test
  void theSettingsWinOverTheChoice() throws IOException {
    Files.writeString(folder.resolve("hyperbrush.yaml"), "model: tiny\n");

    assertThat(said("use", "tiny")).contains("the settings say model: tiny, and that wins");
  }

  @Test
  void aChoiceWhoseFilesAreGoneKeepsNothingFromStarting() throws IOException {
    models("add", "slow", "--accept-licence");
    models("use", "slow");
    Files.delete(data.resolve("models/base.safetensors"));

    assertThat(said("list")).containsPattern("tiny .*\\(default\\)").contains("“slow”");
  }

  @Test
  void infoTellsEverything() {
    assertThat(said("info", "quick"))
        .contains(
            "not installed: models add quick",
            "steps 1-4 (usually 4), TCD, no guidance",
            "LoRA fast",
            "from " + source.base() + "a/b/resolve/main/fast.safetensors",
            "This address was not checked when this version was made.",
            "Strict (NOT for commercial use)");
    assertThat(said("info", "hyper-sdxl-1step"))
        .contains("timesteps [800]", "UNet from", "about 10.30 GB");
    assertThat(said("info", "hyper-sdxl"))
        .contains("--preset hyper-community ", "steps 4, DPM++ SDE Karras, guidance 2, 1024x1024");
  }

  @Test
  void aFileOfThisMachineIsPutWhereItBelongs() throws IOException {
    Path mine = folder.resolve("My style (v2).safetensors");
    Files.write(mine, weights("lora_unet_x.lora_up.weight", 8));

    assertThat(said("add", mine.toString())).contains("--lora My-style-v2-");

    assertThat(data.resolve("loras/My-style-v2-.safetensors"))
        .hasBinaryContent(Files.readAllBytes(mine));
    assertThat(models("add", mine.toString())).isEqualTo(1);
    assertThat(err.toString()).contains("give another name with --as");
    assertThat(models("add", mine.toString(), "--as", "other", "--link")).isZero();
    assertThat(data.resolve("loras/other.safetensors")).isSymbolicLink();
    assertThat(models("remove", "other", "--yes")).isZero();
    assertThat(mine).exists();
    assertThat(data.resolve("loras/other.safetensors")).doesNotExist();
  }

  @ParameterizedTest
  @CsvSource({
    "x.ckpt, execute code",
    "x.pt, execute code",
    "x.zip, only .safetensors",
    "missing.safetensors, missing.safetensors",
    "damaged.safetensors, damaged.safetensors",
    "unknown.safetensors, nothing in it is known"
  })
  void otherFilesAreNot(String name, String why) throws IOException {
    Files.write(folder.resolve("x.ckpt"), new byte[10]);
    Files.write(folder.resolve("damaged.safetensors"), new byte[10]);
    Files.write(folder.resolve("unknown.safetensors"), weights("something", 8));

    assertThat(models("add", folder.resolve(name).toString())).isEqualTo(1);
    assertThat(err.toString()).contains(why);
  }

  @ParameterizedTest
  @CsvSource({
    "add, quik, There are: quick",
    "info, quik, There are: quick",
    "pull, quik, There are: quick",
    "verify, quik, There are: quick",
    "remove, quik, tiny",
    "remove, tiny, it comes with the program"
  })
  void whatIsNotThereIsNamed(String command, String name, String says) {
    assertThat(models(command, name)).isEqualTo(1);
    assertThat(err.toString()).contains(says);
  }

  @Test
  void theListFitsATerminal() {
    models("add", "quick", "--accept-licence");
    // Its last lines name what is wrong with these files, which are no real models.
    assertThat(said("list").lines().filter(line -> line.startsWith("  ")))
        .hasSizeGreaterThan(10)
        .allMatch(line -> line.length() <= 100);
  }

  private String said(String... args) {
    out.getBuffer().setLength(0);
    assertThat(models(args)).as(err.toString()).isZero();
    return out.toString();
  }

  private int models(String... args) {
    List<String> line = new ArrayList<>(List.of("models"));
    line.addAll(List.of(args));
    line.addAll(
        List.of(
            "--config", folder.resolve("hyperbrush.yaml").toString(), "--data", data.toString()));
    CommandLine command = Main.commandLine();
    command.setOut(new PrintWriter(out, true));
    command.setErr(new PrintWriter(err, true));
    return command.execute(line.toArray(String[]::new));
  }

  private void put(String name, byte[] content) {
    source.put("a/b/resolve/main/" + name, content);
  }

  /** A whole safetensors file with one tensor. */
  private static byte[] weights(String name, int bytes) {
    byte[] header =
        "{\"%s\":{\"dtype\":\"F32\",\"shape\":[%d],\"data_offsets\":[0,%d]}}"
            .formatted(name, bytes / 4, bytes)
            .getBytes(StandardCharsets.UTF_8);
    return ByteBuffer.allocate(8 + header.length + bytes)
        .order(ByteOrder.LITTLE_ENDIAN)
        .putLong(header.length)
        .put(header)
        .array();
  }
}
