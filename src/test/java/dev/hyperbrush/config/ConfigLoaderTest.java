package dev.hyperbrush.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hyperbrush.delivery.DeliverySettings;
import dev.hyperbrush.generation.Refusal;
import dev.hyperbrush.onnx.ExecutionProvider;
import dev.hyperbrush.pipeline.ModelCatalogue;
import dev.hyperbrush.policy.Allowances;
import dev.hyperbrush.policy.OperatorSettings;
import dev.hyperbrush.policy.QueueLimits;
import dev.hyperbrush.policy.QuotaDay;
import dev.hyperbrush.store.StoreSettings;
import dev.hyperbrush.vae.VaeTiling;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ConfigLoaderTest {
  private static final Path SHIPPED = Path.of("config", "hyperbrush.yaml");
  private static final String TOKEN = "correct-horse-battery";

  @TempDir Path folder;
  private Path file;

  @BeforeEach
  void createFolder() throws Exception {
    file = Files.createDirectories(folder.resolve("config")).resolve("hyperbrush.yaml");
  }

  @Test
  void withoutAFileEverythingHasADefault() {
    AppConfig config = load(Map.of());

    assertThat(config.data()).isEqualTo(Path.of(System.getProperty("user.home"), ".hyperbrush"));
    assertThat(config.modelsFile()).isEmpty();
    assertThat(config.web().address()).isEqualTo("127.0.0.1");
    assertThat(config.web().port()).isEqualTo(8080);
    assertThat(config.web().accessToken()).isEmpty();
    assertThat(config.limits()).isEqualTo(OperatorSettings.standard());
    assertThat(config.onnx().threads()).isZero();
    assertThat(config.store()).isEqualTo(StoreSettings.embedded());
  }

  @Test
  void theShippedFileChangesNothing() throws Exception {
    AppConfig defaults = load(Map.of());

    Files.copy(SHIPPED, file);

    assertThat(load(Map.of())).isEqualTo(defaults);
  }

  /** The comments are the documentation of the defaults, so they must not drift from them. */
  @Test
  void theShippedFileShowsTheDefaults() throws Exception {
    AppConfig defaults = load(Map.of());

    String everyLineActive = Files.readString(SHIPPED).replaceAll("(?m)^( *)# (\\w+: )", "$1$2");
    Files.writeString(
        file, everyLineActive.replaceAll("(?m)^ *(tokenFile|url|passwordFile): .*$", ""));

    AppConfig config = load(Map.of());
    assertThat(config.limits().defaultModel()).contains(ModelCatalogue.BUILTIN);
    assertThat(everyLineActive).contains("\n  port: 8080");
    assertThat(config.data()).isEqualTo(defaults.data());
    assertThat(config.web()).isEqualTo(defaults.web());
    assertThat(config.onnx()).isEqualTo(defaults.onnx());
    assertThat(config.moderation()).isEqualTo(defaults.moderation());
    assertThat(config.limits().allowances()).isEqualTo(defaults.limits().allowances());
    assertThat(config.limits().queueLimits()).isEqualTo(defaults.limits().queueLimits());
    assertThat(config.limits().quotaDay()).isEqualTo(defaults.limits().quotaDay());
    assertThat(config.limits().maxPixels()).isEqualTo(defaults.limits().maxPixels());
    assertThat(config.limits().maxSteps()).isEqualTo(defaults.limits().maxSteps());
    assertThat(config.limits().maxCount()).isEqualTo(defaults.limits().maxCount());
    assertThat(config.limits().maxPromptLength()).isEqualTo(defaults.limits().maxPromptLength());
  }

  @Test
  void readsWhereTheDatabaseIs() throws Exception {
    Files.writeString(folder.resolve("password"), "correct horse\n");
    Files.writeString(
        file,
        """
        store:
          url: jdbc:postgresql://localhost/bot
          user: painter
          passwordFile: %s
        """
            .formatted(folder.resolve("password")));

    assertThat(load(Map.of()).store())
        .isEqualTo(
            new StoreSettings(
                Optional.of("jdbc:postgresql://localhost/bot"),
                "painter",
                Optional.of("correct horse")));
    assertThat(load(Map.of("HYPERBRUSH_STORE_PASSWORD", "battery staple")).store().password())
        .contains("battery staple");
  }

  @Test
  void readsWhatTheFileSays() throws Exception {
    Files.writeString(folder.resolve("token"), TOKEN + "\n");
    Files.writeString(
        file,
        """
        data: ~/pictures
        model: my-sdxl
        web:
          host: 0.0.0.0
          port: 0
          names: [draw.example.org]
          tokenFile: %s
        limits: {maxSteps: 30, maxPixels: 1048576}
        moderation:
          operators: ["discord:1", telegram:2]
          roles: {discord:7: [11, "12"], "telegram:-8": []}
        vae: {tiling: always}
        onnx: {provider: CUDA, device: 1, threads: 2}
        """
            .formatted(folder.resolve("token")));
    Path models = Files.writeString(file.resolveSibling("models.yaml"), "models:");

    AppConfig config = load(Map.of());

    assertThat(config.data()).isEqualTo(Path.of(System.getProperty("user.home"), "pictures"));
    assertThat(config.modelsFile()).contains(models);
    assertThat(config.web().accessToken()).contains(TOKEN);
    assertThat(config.web().names()).containsExactly("draw.example.org");
    assertThat(config.limits().defaultModel()).contains("my-sdxl");
    assertThat(config.limits().maxSteps()).isEqualTo(30);
    assertThat(config.limits().maxCount()).isEqualTo(OperatorSettings.standard().maxCount());
    assertThat(config.vaeTiling()).isEqualTo(VaeTiling.ALWAYS);
    assertThat(config.onnx().provider()).isEqualTo(ExecutionProvider.CUDA);
    assertThat(config.onnx().device()).isEqualTo(1);
    assertThat(config.workers()).hasSize(1);
    assertThat(config.moderation().operators())
        .containsExactlyInAnyOrder("discord:1", "telegram:2");
    assertThat(config.moderation().roles())
        .isEqualTo(Map.of("discord:7", Set.of("11", "12"), "telegram:-8", Set.of()));
  }

  @Test
  void readsTheLimitsOfTheQueue() throws Exception {
    Files.writeString(
        file,
        """
        limits:
          maxWaiting: 3
          dailyWork: 4096
          burst: 2
          refill: 90s
          quotaResetsAt: 04:30
          quotaZone: Europe/Berlin
          maxWaitingOnServer: 20
          maxWaitingInAll: 30
        """);

    OperatorSettings limits = load(Map.of()).limits();

    assertThat(limits.allowances())
        .isEqualTo(new Allowances(1, 3, OptionalLong.of(4096), 2, Duration.ofSeconds(90)));
    assertThat(limits.queueLimits()).isEqualTo(new QueueLimits(20, 30));
    assertThat(limits.quotaDay())
        .isEqualTo(new QuotaDay(LocalTime.of(4, 30), ZoneId.of("Europe/Berlin")));
  }

  @Test
  void readsHowLongToTryToDeliver() throws Exception {
    Files.writeString(file, "delivery: {giveUpAfter: 2h, inFlight: 3}");

    assertThat(load(Map.of()).delivery()).isEqualTo(new DeliverySettings(Duration.ofHours(2), 3));
    assertThat(load(Map.of("HYPERBRUSH_DELIVERY_GIVE_UP_AFTER", "7d")).delivery().giveUpAfter())
        .isEqualTo(Duration.ofDays(7));
  }

  @Test
  void readsHowMuchRoomModelsMayTake() throws Exception {
    assertThat(load(Map.of()).memory()).isEqualTo(new MemorySection(0, 0, 40L << 30));

    Files.writeString(file, "memory: {gigabytes: 1.5, cardGigabytes: 8, optimisedGigabytes: 0}");

    assertThat(load(Map.of()).memory()).isEqualTo(new MemorySection(3L << 29, 8L << 30, 0));
  }

  @Test
  void theEnvironmentWinsOverTheFileAndTheCommandLineOverBoth() throws Exception {
    Files.writeString(file, "{data: /a, web: {port: 1}, limits: {maxSteps: 10}}");
    Map<String, String> environment =
        Map.of(
            "HYPERBRUSH_DATA", "/b",
            "HYPERBRUSH_WEB_PORT", "2",
            "HYPERBRUSH_LIMITS_MAX_STEPS", "20",
            "HYPERBRUSH_WEB_TOKEN", TOKEN,
            "HYPERBRUSH_MODEL", " ");

    AppConfig config = load(environment);
    AppConfig told =
        new ConfigLoader(environment, folder).load(Optional.empty(), Optional.of(Path.of("/c")));

    assertThat(config.data()).isEqualTo(Path.of("/b"));
    assertThat(config.web().port()).isEqualTo(2);
    assertThat(config.web().accessToken()).contains(TOKEN);
    assertThat(config.limits().maxSteps()).isEqualTo(20);
    assertThat(config.limits().defaultModel()).isEmpty();
    assertThat(told.data()).isEqualTo(Path.of("/c"));
  }

  @Test
  void theFileMayBeElsewhere() throws Exception {
    Path other = Files.writeString(folder.resolve("other.yaml"), "web: {port: 1}");
    Path third = Files.writeString(folder.resolve("third.yaml"), "web: {port: 3}");
    Files.writeString(file, "web: {port: 2}");
    Map<String, String> environment = Map.of("HYPERBRUSH_CONFIG", other.toString());

    assertThat(load(environment).web().port()).isEqualTo(1);
    assertThat(
            new ConfigLoader(environment, folder)
                .load(Optional.of(third), Optional.empty())
                .web()
                .port())
        .isEqualTo(3);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "web: {prot: 1}          | line 1: there is no setting “web.prot”. Did you mean “port”?",
        "web: {port: 99999}      | line 1: “web.port” is “99999”, but must be a whole number from"
            + " 0",
        "web: {port: eighty}     | “eighty”, but must be a whole number",
        "web: {token: 123}       | there is no setting “web.token”. Did you mean “tokenFile”?",
        "web: {host: 0.0.0.0}    | open to the whole network",
        "web: 8080               | “web” is “8080”, but must be a list of “key: value”",
        "limits: {maxSteps: 1.5} | “1.5”, but must be a whole number",
        "limits: {maxWaiting: 0} | line 1: “limits.maxWaiting” is “0”, but must be a whole number"
            + " from 1 to 100000",
        "limits: {maxWaitingOnServer: 0} | “0”, but must be a whole number from 1",
        "limits: {maxWaitingInAll: -1} | “-1”, but must be a whole number from 1",
        "limits: {burst: 0}      | “0”, but must be a whole number from 1 to 10000",
        "limits: {dailyWork: 4095} | “4095”, but must be unlimited, or a whole number of"
            + " pixel-steps from 4096 to 1000000000000000000",
        "limits: {dailyWork: 1e9} | “1e9”, but must be unlimited, or a whole number",
        "limits: {refill: 0s}    | “0s”, but must be a time from 1ms to 1d, with its unit: ms, s,"
            + " m",
        "limits: {refill: 2d}    | “2d”, but must be a time from 1ms to 1d",
        "queue: {expireAfter: 5} | “5”, but must be a time from 1m to 365d",
        "queue: {stopWithin: 2h} | “2h”, but must be a time from 0",
        "queue: {lease: 1s}      | “1s”, but must be a time from 5s to 30m",
        "queue: {poll: 2m}       | “2m”, but must be a time from 100ms to 1m",
        "limits: {refill: 5}     | “5”, but must be a time from 1ms to 1d",
        "limits: {refill: 99999999999999999999s} | but must be a time from 1ms to 1d",
        "limits: {quotaResetsAt: 25:00} | “25:00”, but must be a time of day, for example 04:30",
        "limits: {quotaZone: Mars} | “Mars”, but must be a time zone, for example UTC or"
            + " Europe/Berlin",
        "vae: {tiling: yes}      | “yes”, but must be one of auto, always, never",
        "onnx: {provider: gpu}   | “gpu”, but must be one of auto, cpu, cuda, tensorrt",
        "onnx: {devices: [0, 0]} | “0”, but must be the number of a card",
        "onnx: {cuda: {nwhc: 1}} | Did you mean “nhwc”?",
        "onnx: {cuda: {growth: slow}} | must be one of exact, doubling",
        "moderation: {operators: [Anna]} | “Anna”, but must be a platform and the id of a person",
        "moderation: {roles: {guild: [1]}} | “moderation.roles” is “guild”, but must be a platform",
        "moderation: {roles: {'discord:1': 7}} | “moderation.roles.discord:1” is “7”, but must be a"
            + " list",
        "delivery: {giveUpAfter: 0s} | “0s”, but must be a time from 1m to 30d",
        "delivery: {inFlight: 0} | “0”, but must be a whole number from 1 to 64",
        "onnx: {threads: -1}     | “-1”, but must be a whole number from 0",
        "'data: [a'              | line 1: not valid YAML"
      })
  void aWrongValueIsRefusedWithPlaceValueAndRemedy(String yaml, String sentence) throws Exception {
    Files.writeString(file, yaml);

    assertThatThrownBy(() -> load(Map.of()))
        .isInstanceOf(Refusal.class)
        .hasMessageContaining(sentence);
  }

  @Test
  void aWrongVariableIsNamed() {
    assertThatThrownBy(() -> load(Map.of("HYPERBRUSH_WEB_PORT", "x")))
        .hasMessageStartingWith("environment variable HYPERBRUSH_WEB_PORT: “web.port” is “x”");
  }

  @Test
  void theLineIsThatOfTheValue() throws Exception {
    Files.writeString(file, "# a comment\n\nweb:\n  host: 127.0.0.1\n  port: -1\n");

    assertThatThrownBy(() -> load(Map.of()))
        .hasMessageStartingWith(file + ", line 5: “web.port” is “-1”");
  }

  @Test
  void aFileThatWasAskedForMustBeThere() {
    Path missing = folder.resolve("missing.yaml");

    assertThatThrownBy(
            () -> new ConfigLoader(Map.of(), folder).load(Optional.of(missing), Optional.empty()))
        .isInstanceOf(Refusal.class)
        .hasMessageContaining(missing + " cannot be read: there is no such file");
  }

  @Test
  void theTokenIsNotInWhatIsLogged() {
    assertThat(load(Map.of("HYPERBRUSH_WEB_TOKEN", TOKEN)).toString()).doesNotContain(TOKEN);
  }

  private AppConfig load(Map<String, String> environment) {
    return new ConfigLoader(environment, folder).load(Optional.empty(), Optional.empty());
  }
}
