package dev.hyperbrush.command;

import static dev.hyperbrush.command.CommandWorld.ANNA;
import static dev.hyperbrush.command.CommandWorld.BEN;
import static dev.hyperbrush.command.CommandWorld.ELSEWHERE;
import static dev.hyperbrush.command.CommandWorld.SERVER;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.hyperbrush.chat.Attachment;
import dev.hyperbrush.chat.Reply;
import dev.hyperbrush.generation.ReasonCode;
import dev.hyperbrush.generation.Refusal;
import dev.hyperbrush.store.Job;
import dev.hyperbrush.store.NewJob;
import dev.hyperbrush.store.Picture;
import dev.hyperbrush.store.SeenLanguageDao;
import dev.hyperbrush.store.TestDatabase;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ExportTest {
  @TempDir private Path data;
  private CommandWorld world;

  @BeforeEach
  void open() {
    world = new CommandWorld(data);
  }

  @AfterEach
  void close() {
    world.close();
  }

  @Test
  void everythingOfOnesOwnAndNothingOfOthersIsInTheFile() throws Exception {
    Job job = world.imagine("a \"quoted\" cat --count 2 --size 64x64");
    world.say(BEN, SERVER, "imagine", "a secret dog");
    world.draw();
    world.imagine("waiting");
    world.say("favourite", job.id() + ".2");
    world.say("delete", "" + world.imagine("deleted").id());
    new SeenLanguageDao(world.database, "discord").remember("1", "pt-br");

    Reply reply = world.say("export", "");
    Map<String, byte[]> files = unzip(reply.attachment().orElseThrow());

    assertThat(reply.text()).isEqualTo("Part 1 of 1: 2 requests with 2 pictures, about 1 MB.");
    assertThat(reply.buttons()).isEmpty();
    assertThat(files.keySet())
        .contains("README.txt", "person.json", "identities.json", "deleted.json")
        .contains("presets.json", "defaults.json", "changes.json")
        .endsWith(
            "jobs.json", "pictures/" + job.id() + "-1.png", "pictures/" + job.id() + "-2.png");
    JsonNode jobs = json(files, "jobs.json");
    assertThat(jobs).hasSize(2);
    assertThat(jobs.get(0).at("/request/prompt").asText()).isEqualTo("a \"quoted\" cat");
    assertThat(jobs.get(0).at("/pictures/1/favourite").asBoolean()).isTrue();
    for (Picture picture : world.queue.pictures(job.id())) {
      byte[] bytes = files.get("pictures/" + job.id() + "-" + (picture.index() + 1) + ".png");
      byte[] hash = MessageDigest.getInstance("SHA-256").digest(bytes);
      assertThat(HexFormat.of().formatHex(hash)).isEqualTo(picture.sha256());
    }
    JsonNode identity = json(files, "identities.json").get(0);
    assertThat(identity.get("platform_id").asText()).isEqualTo("1");
    assertThat(identity.get("seen_language").asText()).isEqualTo("pt-br");
    assertThat(json(files, "deleted.json")).hasSize(1);
    files
        .values()
        .forEach(bytes ->
            assertThat(new String(bytes, StandardCharsets.UTF_8)).doesNotContain("secret", "Ben"));
  }

  @Test
  void whoHasNothingGetsWhoTheyAre() throws IOException {
    Reply reply = world.say("export", "");
    assertThat(reply.text()).startsWith("Part 1 of 1: 0 requests");
    assertThat(unzip(reply.attachment().orElseThrow())).containsKey("identities.json");
  }

  @Test
  void manyJobsAreReadPageByPage() throws IOException {
    Job cat = world.imagine("cat");
    for (int i = 1; i < 450; i++) {
      world.queue.submit(NewJob.plain(cat.personId(), cat.origin(), cat.request().only(i)));
    }
    Map<String, byte[]> files = unzip(world.say("export", "").attachment().orElseThrow());
    JsonNode jobs = json(files, "jobs.json");
    assertThat(jobs).hasSize(450);
    long seed = cat.request().seed().value();
    assertThat(jobs.get(0).at("/request/seed/value").asLong()).isEqualTo(seed);
    assertThat(jobs.get(449).at("/request/seed/value").asLong()).isEqualTo(seed + 449);
  }

  @Test
  void whatIsTooLargeForThePlatformComesInParts() throws IOException {
    for (int i = 0; i < 3; i++) {
      world.imagine("cat " + i + " --size 128x128 --seed " + i);
    }
    world.draw();
    // As if each were of 5 MiB: two of these are too much for one file.
    world.close();
    TestDatabase.H2.execute(data, "UPDATE picture SET bytes = 5242880");
    world = new CommandWorld(data);

    Reply first = world.say("export", "");
    assertThat(first.text()).isEqualTo("Part 1 of 3: 1 requests with 1 pictures, about 5 MB.");
    Reply second = world.press(ANNA, SERVER, first.buttons().getFirst().action().encode());
    Reply third = world.press(ANNA, SERVER, second.buttons().getFirst().action().encode());
    assertThat(third.buttons()).isEmpty();
    Map<String, byte[]> files = unzip(third.attachment().orElseThrow());
    assertThat(json(files, "jobs.json")).hasSize(1);
    assertThat(files).doesNotContainKey("identities.json");
    assertThat(world.say("export", "4").text())
        .isEqualTo("There is no part “4”: your pictures come in parts 1 to 3.");
    assertThat(world.say("export", "0").code()).contains(ReasonCode.EXPORT_PART);
  }

  @Test
  void oneAtATimeForEachPerson() throws IOException {
    world.imagine("a cat");
    Attachment attachment = world.say("export", "").attachment().orElseThrow();
    try (InputStream reading = attachment.content().open()) {
      assertThat(reading.read()).isEqualTo('P');
      assertThat(world.say("export", "").code()).contains(ReasonCode.EXPORT_RUNNING);
      assertThatThrownBy(() -> attachment.content().open()).isInstanceOf(Refusal.class);
      assertThat(world.say(BEN, ELSEWHERE, "export", "").code()).isEmpty();
    }
    assertThat(world.say("export", "").code()).isEmpty();
  }

  @Test
  void aPictureThatIsGoneWhenItsTurnComesIsLeftOut() throws IOException {
    Job gone = world.imagine("a cat --seed 1 --size 64x64");
    Job there = world.imagine("a cat --seed 2 --size 128x128");
    world.draw();
    Attachment attachment = world.say("export", "").attachment().orElseThrow();
    String sha256 = world.queue.pictures(gone.id()).getFirst().sha256();
    Files.delete(data.resolve("pictures").resolve(sha256.substring(0, 2)).resolve(sha256 + ".png"));

    assertThat(unzip(attachment).keySet())
        .contains("pictures/" + there.id() + "-1.png")
        .doesNotContain("pictures/" + gone.id() + "-1.png");
  }

  @Test
  void aZipIsTheSameHoweverItIsRead() throws IOException {
    byte[] random = new byte[200_000];
    new Random(5).nextBytes(random);
    List<Entry> entries =
        List.of(
            new Entry("empty", true, InputStream::nullInputStream),
            new Entry("a", false, () -> new ByteArrayInputStream(random)),
            new Entry("b", true, () -> new ByteArrayInputStream(random)));
    byte[] whole;
    try (Zipped zip = new Zipped(entries.iterator(), () -> {})) {
      whole = zip.readAllBytes();
    }
    Map<String, byte[]> files = unzip(new ByteArrayInputStream(whole));
    assertThat(files.get("a")).isEqualTo(random);
    assertThat(files.get("b")).isEqualTo(random);
    assertThat(files.get("empty")).isEmpty();
    try (Zipped zip = new Zipped(entries.iterator(), () -> {})) {
      byte[] piece = new byte[777];
      int total = 0;
      for (int n = zip.read(piece, 0, 1); n > 0; n = zip.read(piece, 3, 700)) {
        total += n;
      }
      assertThat(total).isEqualTo(whole.length);
    }
  }

  private static JsonNode json(Map<String, byte[]> files, String name) throws IOException {
    return new JsonMapper().readTree(Optional.ofNullable(files.get(name)).orElseThrow());
  }

  private static Map<String, byte[]> unzip(Attachment attachment) throws IOException {
    assertThat(attachment.mediaType()).isEqualTo("application/zip");
    assertThat(attachment.name()).endsWith(".zip");
    return unzip(attachment.content().open());
  }

  private static Map<String, byte[]> unzip(InputStream bytes) throws IOException {
    Map<String, byte[]> files = new LinkedHashMap<>();
    try (ZipInputStream zip = new ZipInputStream(bytes)) {
      for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
        assertThat(files.put(entry.getName(), zip.readAllBytes())).as(entry.getName()).isNull();
      }
    }
    return files;
  }
}
