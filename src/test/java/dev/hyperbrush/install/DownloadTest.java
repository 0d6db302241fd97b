package dev.hyperbrush.install;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hyperbrush.generation.ReasonCode;
import dev.hyperbrush.generation.Refusal;
import dev.hyperbrush.install.FakeSource.Request;
import dev.hyperbrush.install.FakeSource.Stored;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whole downloads from a source that misbehaves, with real bytes over real connections. */
final class DownloadTest {
  private static final String PATH = "a/b/resolve/main/some.bin";
  private static final int LENGTH = 1_000_000;

  @TempDir Path folder;
  private FakeSource source;
  private byte[] content;
  private final List<Duration> waits = new CopyOnWriteArrayList<>();
  private final List<String> notices = new CopyOnWriteArrayList<>();
  private long free = 100L << 30;
  private Duration patience = Duration.ofSeconds(20);
  private int connections = 1;

  @BeforeEach
  void open() throws IOException {
    source = new FakeSource();
    content = new byte[LENGTH];
    new Random(7).nextBytes(content);
    source.put(PATH, content);
  }

  @AfterEach
  void close() {
    source.close();
  }

  @Test
  void aFileArrivesWhole() throws Exception {
    assertThat(fetch().sha256()).isEqualTo(sha256(content));

    assertThat(target()).hasBinaryContent(content);
    assertThat(leftovers()).isEmpty();
    assertThat(notices).isEmpty();
  }

  @Test
  void itsPartsComeOverSeveralConnections() throws Exception {
    connections = 4;

    fetch();

    assertThat(target()).hasBinaryContent(content);
    assertThat(source.requests())
        .extracting(request -> request.range().orElse(""))
        .containsExactlyInAnyOrder(
            "bytes=0-0",
            "bytes=0-249999",
            "bytes=250000-499999",
            "bytes=500000-749999",
            "bytes=750000-999999");
  }

  @Test
  void aDroppedConnectionIsTakenUpWhereItBroke() throws Exception {
    source.next(FakeSource.none(), FakeSource.dropAfter(300_000), FakeSource.dropAfter(200_000));

    fetch();

    assertThat(target()).hasBinaryContent(content);
    assertThat(ranges())
        .containsExactly(
            "bytes=0-0", "bytes=0-999999", "bytes=300000-999999", "bytes=500000-999999");
    assertThat(waits).hasSize(2);
  }

  @Test
  void aStalledConnectionIsCutAndTakenUp() throws Exception {
    patience = Duration.ofMillis(500);
    source.next(FakeSource.none(), source.stallAfter(400_000));

    fetch();

    assertThat(target()).hasBinaryContent(content);
    assertThat(ranges()).hasSizeGreaterThanOrEqualTo(3);
    assertThat(notices).anyMatch(said -> said.contains("time"));
  }

  @Test
  void onlyOneOfSeveralConnectionsBreaks() throws Exception {
    connections = 4;
    source.next(FakeSource.none(), FakeSource.dropAfter(100_000), FakeSource.status(500));

    fetch();

    assertThat(target()).hasBinaryContent(content);
  }

  @Test
  void aSourceThatIsBusyIsAskedAgainWhenItSays() throws Exception {
    source.next(
        FakeSource.status(429, "Retry-After", "120"),
        FakeSource.status(503, "Retry-After", "Fri, 20 Nov 2026 12:03:00 GMT"),
        FakeSource.status(500),
        FakeSource.status(429, "Retry-After", "999999999"));

    fetch();

    assertThat(target()).hasBinaryContent(content);
    assertThat(waits.get(0)).isEqualTo(Duration.ofMinutes(2));
    assertThat(waits.get(1)).isEqualTo(Duration.ofMinutes(3));
    assertThat(waits.get(2)).isBetween(Duration.ofSeconds(2), Duration.ofSeconds(4));
    assertThat(waits.get(3)).isEqualTo(Duration.ofMinutes(10));
  }

  @Test
  void whatFailsAgainAndAgainIsGivenUpButKept() throws Exception {
    source.next(FakeSource.none(), FakeSource.dropAfter(700_000));
    for (int i = 0; i < 9; i++) {
      source.next(FakeSource.status(502));
    }

    assertRefused(ReasonCode.DOWNLOAD_FAILED, this::fetch, "status 502", "is kept");
    assertThat(leftovers()).containsExactly("some.bin.part", "some.bin.part.json");

    fetch();

    assertThat(target()).hasBinaryContent(content);
    assertThat(ranges()).endsWith("bytes=0-0", "bytes=700000-999999");
  }

  @Test
  void anEndedProcessGoesOnFromWhatWasWrittenDown() throws Exception {
    // As kill -9 leaves it: bytes beyond what was written down, which may be anything.
    byte[] left = content.clone();
    java.util.Arrays.fill(left, 400_000, LENGTH, (byte) 0);
    Files.write(folder.resolve("some.bin.part"), left);
    writeState("[[0,500000,400000],[500000,1000000,500000]]");

    fetch();

    assertThat(target()).hasBinaryContent(content);
    assertThat(ranges())
        .containsExactlyInAnyOrder("bytes=0-0", "bytes=400000-499999", "bytes=500000-999999");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "[[0,500000,600000],[500000,1000000,500000]]",
        "[[0,1000000,-5]]",
        "[[0,999999999999,0]]",
        "[[10,1000000,10]]",
        "[]",
        "\"none\"",
        "[[0,1000000,900000]]" // the bytes it speaks of are not there
      })
  void aStateThatMakesNoSenseIsNotBelieved(String segments) throws Exception {
    Files.write(folder.resolve("some.bin.part"), new byte[500_000]);
    writeState(segments);

    fetch();

    assertThat(target()).hasBinaryContent(content);
    assertThat(ranges()).containsExactly("bytes=0-0", "bytes=0-999999");
  }

  @Test
  void aFileThatChangesInTheMiddleBeginsAnew() throws Exception {
    byte[] other = new byte[LENGTH];
    new Random(8).nextBytes(other);
    source.next(
        FakeSource.none(),
        (exchange, file) -> {
          source.put(PATH, other);
          return FakeSource.dropAfter(300_000).meets(exchange, file);
        });

    fetch();

    assertThat(target()).hasBinaryContent(other);
    assertThat(notices).anyMatch(said -> said.contains("was changed at its source"));
  }

  @Test
  void aFileThatChangedBetweenTwoRunsBeginsAnew() throws Exception {
    Files.write(folder.resolve("some.bin.part"), new byte[LENGTH]);
    writeState("[[0,1000000,1000000]]", "\"older\"");

    fetch();

    assertThat(target()).hasBinaryContent(content);
    assertThat(notices).anyMatch(said -> said.contains("it begins anew"));
  }

  @Test
  void aSourceThatSends416ForWhatItHasJustOfferedBeginsAnew() throws Exception {
    source.next(FakeSource.none(), FakeSource.status(416, "Content-Range", "bytes */10"));

    fetch();

    assertThat(target()).hasBinaryContent(content);
  }

  @Test
  void aFileThatHasArrivedAllButItsNameIsNotFetchedAgain() throws Exception {
    Files.write(folder.resolve("some.bin.part"), content);
    writeState("[[0,1000000,1000000]]");

    fetch();

    assertThat(target()).hasBinaryContent(content);
    assertThat(ranges()).containsExactly("bytes=0-0");
  }

  @Test
  void aFileThatChangesAllTheTimeIsGivenUp() {
    for (int i = 0; i < 4; i++) {
      source.next(FakeSource.none(), FakeSource.status(416));
    }

    assertRefused(ReasonCode.DOWNLOAD_CHANGING, this::fetch, "again and again");
    assertThat(leftovers()).isEmpty();
  }

  @Test
  void aSourceWithoutRangesIsReadFromTheBeginning() throws Exception {
    source.put(PATH, new Stored(content, Optional.empty(), false));
    source.next(FakeSource.none(), FakeSource.dropAfter(300_000));

    fetch();

    assertThat(target()).hasBinaryContent(content);
    assertThat(waits).hasSize(1);
  }

  @Test
  void anAnswerWithoutALengthEndsWhereItEnds() throws Exception {
    source.next(unending(content, 0), unending(content, 0));

    assertThat(fetch().bytes()).isEqualTo(LENGTH);
    assertThat(target()).hasBinaryContent(content);
  }

  @Test
  void anEndlessAnswerIsCutWhereTheFileShouldEnd() {
    source.next(unending(content, 100_000), unending(content, 100_000));

    assertRefused(
        ReasonCode.DOWNLOAD_SIZE_WRONG,
        () -> fetch(wish(Optional.empty(), OptionalLong.of(LENGTH))),
        "more than 1000000");
    assertThat(leftovers()).isEmpty();
  }

  @Test
  void anAnswerShorterThanKnownIsTriedAgain() throws Exception {
    byte[] half = java.util.Arrays.copyOf(content, 1000);
    source.next(unending(half, 0), unending(half, 0), unending(content, 0));

    fetch(wish(Optional.empty(), OptionalLong.of(LENGTH)));

    assertThat(target()).hasBinaryContent(content);
  }

  @Test
  void anotherSizeThanTheKnownOneIsRefusedBeforeItComes() {
    assertRefused(
        ReasonCode.DOWNLOAD_SIZE_WRONG,
        () -> fetch(wish(Optional.empty(), OptionalLong.of(LENGTH + 1))),
        "1000000",
        "1000001");
    assertThat(source.requests()).hasSize(1);
  }

  @Test
  void aSourceThatSendsAnotherPartThanAskedForIsNotBelieved() throws Exception {
    source.next(
        FakeSource.none(), FakeSource.status(206, "Content-Range", "bytes 5-999999/1000000"));

    fetch();

    assertThat(target()).hasBinaryContent(content);
    assertThat(notices).anyMatch(said -> said.contains("another part"));
  }

  @Test
  void aWrongHashIsNamedAndNothingOfItStays() {
    String wrong = "0".repeat(64);

    assertRefused(
        ReasonCode.DOWNLOAD_HASH_WRONG,
        () -> fetch(wish(Optional.of(wrong), OptionalLong.empty())),
        wrong,
        sha256(content));
    assertThat(leftovers()).isEmpty();
  }

  @Test
  void aPageInPlaceOfTheFileIsNamedAsThat() {
    source.next((exchange, _) -> {
      byte[] page = "<html>Log in</html>".getBytes(StandardCharsets.UTF_8);
      exchange.getResponseHeaders().set("Content-Type", "text/html; charset=utf-8");
      exchange.sendResponseHeaders(200, page.length);
      exchange.getResponseBody().write(page);
      exchange.close();
      return true;
    });

    assertRefused(ReasonCode.DOWNLOAD_NOT_A_FILE, this::fetch, "a web page instead");
  }

  @Test
  void somethingElseUnderTheNameOfAModelIsRemoved() {
    Wish model =
        new Wish(
            address(),
            folder.resolve("x.safetensors"),
            Optional.empty(),
            OptionalLong.empty(),
            false);

    assertRefused(ReasonCode.DOWNLOAD_DAMAGED, () -> fetch(model), "x.safetensors");
    assertThat(leftovers()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(ints = {401, 403})
  void whoIsNotLetInIsToldOfLicenceAndToken(int status) {
    source.next(FakeSource.status(status));

    assertRefused(
        ReasonCode.DOWNLOAD_FORBIDDEN, this::fetch, "licence", "HYPERBRUSH_HF_TOKEN", "" + status);
  }

  @Test
  void aFileThatIsNotThereIsNotAskedForTwice() {
    source.next(FakeSource.status(404));

    assertRefused(ReasonCode.DOWNLOAD_MISSING, this::fetch, PATH);
    assertThat(source.requests()).hasSize(1);
  }

  @Test
  void theTokenGoesToItsHostAloneAndOnlyForGatedFiles() throws Exception {
    try (FakeSource elsewhere = new FakeSource()) {
      elsewhere.put("cdn", content);
      URI other = elsewhere.base().resolve("cdn");
      source.next(
          FakeSource.status(302, "Location", other.toString()),
          FakeSource.status(302, "Location", other.toString()));

      fetch(new Wish(address(), target(), Optional.empty(), OptionalLong.empty(), true));

      assertThat(target()).hasBinaryContent(content);
      assertThat(source.requests())
          .extracting(Request::authorization)
          .containsOnly(Optional.of("Bearer secret"));
      assertThat(elsewhere.requests())
          .hasSize(2)
          .extracting(Request::authorization)
          .containsOnly(Optional.empty());
    }
    source.requests().clear();
    fetch();
    assertThat(source.requests()).extracting(Request::authorization).containsOnly(Optional.empty());
  }

  @ParameterizedTest
  @ValueSource(strings = {"http://example.org/x", "ftp://example.org/x", "file:///etc/passwd"})
  void aRedirectToWhereNothingIsSafeIsRefused(String to) {
    source.next(FakeSource.status(302, "Location", to));

    assertRefused(ReasonCode.DOWNLOAD_ADDRESS_UNSAFE, this::fetch, "only https");
  }

  @Test
  void redirectsInACircleEnd() {
    for (int i = 0; i < 100; i++) {
      source.next(FakeSource.status(302, "Location", address().toString()));
    }

    assertRefused(ReasonCode.DOWNLOAD_FAILED, this::fetch, "redirects more than");
  }

  @Test
  void theServersNameOfTheFileIsNothing() throws Exception {
    source.next((exchange, _) -> {
      exchange.getResponseHeaders().set("Content-Disposition", "attachment; filename=../../evil");
      return false;
    });

    fetch();

    assertThat(target()).exists();
    assertThat(folder.resolve("../evil")).doesNotExist();
  }

  @Test
  void roomIsLookedForBeforeTheFirstByte() {
    free = Room.MARGIN + 900_000;

    assertRefused(ReasonCode.DOWNLOAD_NO_ROOM, this::fetch, "100 kB more", "538 MB are left");
    assertThat(source.requests()).hasSize(1);
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void aDiskThatFillsUpMeanwhileKeepsWhatHasArrived() throws Exception {
    Files.createSymbolicLink(folder.resolve("some.bin.part"), Path.of("/dev/full"));
    writeState("[[0,1000000,0]]");

    assertRefused(ReasonCode.DOWNLOAD_NO_ROOM, this::fetch, "more are needed");
    assertThat(leftovers()).contains("some.bin.part", "some.bin.part.json");
  }

  @Test
  void twoProcessesDoNotInstallAtOnce() {
    try (InstallLock _ = InstallLock.take(folder)) {
      assertRefused(
          ReasonCode.DOWNLOAD_IN_PROGRESS, () -> InstallLock.take(folder), folder.toString());
    }
    InstallLock.take(folder).close();
  }

  private static FakeSource.Fault unending(byte[] content, int more) {
    return (exchange, _) -> {
      exchange.sendResponseHeaders(200, 0); // chunked
      exchange.getResponseBody().write(content);
      exchange.getResponseBody().write(new byte[more]);
      exchange.close();
      return true;
    };
  }

  private static void assertRefused(ReasonCode code, ThrowingCallable call, String... says) {
    assertThatThrownBy(call)
        .isInstanceOf(Refusal.class)
        .hasMessageContainingAll(says)
        .extracting(e -> ((Refusal) e).code())
        .isEqualTo(code);
  }

  private Download.Arrived fetch() throws InterruptedException {
    return fetch(wish(Optional.empty(), OptionalLong.empty()));
  }

  private Download.Arrived fetch(Wish wish) throws InterruptedException {
    DownloadSettings settings =
        new DownloadSettings(source.base(), Optional.empty(), connections, patience);
    Waits instant = new Waits(waits::add, new Random(1));
    try (Web web = new Web(settings, Map.of(), Optional.of("secret"))) {
      return new Download(
              web,
              instant,
              new Download.Tuning(connections, 100_000, 50_000),
              new Room(_ -> free),
              () -> Instant.parse("2026-11-20T12:00:00Z"))
          .fetch(
              wish,
              new Watcher() {
                @Override
                public void progress(long done, long total) {
                  assertThat(done).isBetween(0L, Math.max(total, LENGTH));
                }

                @Override
                public void notice(String sentence) {
                  notices.add(sentence);
                }
              });
    }
  }

  private Wish wish(Optional<String> sha256, OptionalLong bytes) {
    return new Wish(address(), target(), sha256, bytes, false);
  }

  private URI address() {
    return source.base().resolve(PATH);
  }

  private Path target() {
    return folder.resolve("some.bin");
  }

  private List<String> ranges() {
    return source.requests().stream().map(request -> request.range().orElse("")).toList();
  }

  private List<String> leftovers() {
    try (var files = Files.list(folder)) {
      return files
          .map(file -> String.valueOf(file.getFileName()))
          .filter(name -> name.contains(".part") || name.equals("x.safetensors"))
          .sorted()
          .toList();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private void writeState(String segments) throws IOException {
    writeState(segments, "\"v" + java.util.Arrays.hashCode(content) + "\"");
  }

  private void writeState(String segments, String validator) throws IOException {
    Files.writeString(
        folder.resolve("some.bin.part.json"),
        "{\"validator\": \"%s\", \"length\": 1000000, \"segments\": %s}"
            .formatted(validator.replace("\"", "\\\""), segments));
  }

  private static String sha256(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (java.security.NoSuchAlgorithmException e) {
      throw new AssertionError(e);
    }
  }
}
