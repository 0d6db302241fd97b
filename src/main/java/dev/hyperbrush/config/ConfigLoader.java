package dev.hyperbrush.config;

import dev.hyperbrush.chat.discord.DiscordSettings;
import dev.hyperbrush.chat.telegram.TelegramSettings;
import dev.hyperbrush.chat.web.WebSettings;
import dev.hyperbrush.delivery.DeliverySettings;
import dev.hyperbrush.generation.IoReason;
import dev.hyperbrush.generation.Phrase;
import dev.hyperbrush.generation.ReasonCode;
import dev.hyperbrush.generation.Refusal;
import dev.hyperbrush.pipeline.YamlSection;
import dev.hyperbrush.policy.ModerationSettings;
import dev.hyperbrush.store.StoreSettings;
import dev.hyperbrush.vae.VaeTiling;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Reads {@code hyperbrush.yaml}, once, at start. What the command line names wins over the
 * environment, that over the file, that over the defaults. Immutable.
 */
public final class ConfigLoader {
  private static final String PREFIX = "HYPERBRUSH_";
  private static final int LAST_PORT = 65_535;

  /** A platform and what it calls somebody or some server. */
  private static final Pattern IDENTITY = Pattern.compile("[a-z]+:\\S+");

  private static final String IDENTITY_FORM =
      "a platform and the id of a person there, such as discord:123";
  private static final String SERVER_FORM =
      "a platform and the id of a server there, such as discord:123";

  private final Map<String, String> environment;
  private final Path folder;

  /**
   * Reads with what surrounds the program.
   *
   * @param environment variables
   * @param folder where the program was started
   */
  public ConfigLoader(Map<String, String> environment, Path folder) {
    this.environment = Map.copyOf(environment);
    this.folder = folder;
  }

  /** With the environment and the folder of this process. */
  public static ConfigLoader ofProcess() {
    return new ConfigLoader(System.getenv(), Path.of(""));
  }

  /**
   * Reads the settings.
   *
   * @param configFile from the command line
   * @param data folder from the command line
   * @throws Refusal when a file cannot be read, or a value is not possible
   */
  public AppConfig load(Optional<Path> configFile, Optional<Path> data) {
    Optional<Path> file = configFile.or(() -> variable("CONFIG").map(Path::of)).or(this::usualFile);
    YamlSection yaml =
        YamlSection.parse(
            file.map(Path::toString).orElse("the settings"),
            file.map(ConfigLoader::text).orElse(""),
            this::override);
    Path home = data.orElse(path(yaml, "data").orElse(home(".hyperbrush"))).toAbsolutePath();
    AppConfig config =
        new AppConfig(
            home,
            store(yaml.section("store")),
            modelsFile(file),
            web(yaml.section("web")),
            discord(yaml.section("discord")),
            telegram(yaml.section("telegram")),
            LimitsSection.read(yaml.section("limits"), yaml.text("model")),
            moderation(yaml.section("moderation")),
            ModelsSection.read(yaml.section("models")),
            QueueSection.read(yaml.section("queue")),
            delivery(yaml.section("delivery")),
            RetentionSection.read(yaml.section("retention")),
            vaeTiling(yaml.section("vae")),
            DownloadsSection.read(yaml.section("downloads")),
            OnnxSection.read(yaml.section("onnx"), home.resolve("cache/tensorrt")),
            MemorySection.read(yaml.section("memory")),
            CacheSection.read(yaml.section("cache")));
    yaml.refuseUnknownKeys();
    return config;
  }

  private Optional<Path> usualFile() {
    return Optional.of(folder.resolve("config/hyperbrush.yaml")).filter(Files::exists);
  }

  /** Beside the settings, or where those would be looked for. */
  private Optional<Path> modelsFile(Optional<Path> settings) {
    Path beside = settings.orElse(folder.resolve("config/hyperbrush.yaml"));
    return Optional.of(beside.resolveSibling("models.yaml")).filter(Files::exists);
  }

  private StoreSettings store(YamlSection yaml) {
    StoreSettings standard = StoreSettings.embedded();
    StoreSettings store =
        new StoreSettings(
            yaml.text("url"),
            yaml.text("user").orElse(standard.user()),
            secret("STORE_PASSWORD", path(yaml, "passwordFile")));
    yaml.refuseUnknownKeys();
    return store;
  }

  /** From the environment or a file of its own: never in the settings, which people show around. */
  private Optional<String> secret(String variable, Optional<Path> file) {
    return variable(variable).or(() -> file.map(ConfigLoader::text)).map(String::strip);
  }

  private WebSettings web(YamlSection yaml) {
    Optional<String> token = secret("WEB_TOKEN", path(yaml, "tokenFile"));
    WebSettings web =
        new WebSettings(
            yaml.text("host").orElse("127.0.0.1"),
            yaml.integer("port", 8080, 0, LAST_PORT),
            token,
            yaml.list("names", "host names", Optional::of));
    yaml.refuseUnknownKeys();
    return web;
  }

  private DiscordSettings discord(YamlSection yaml) {
    DiscordSettings discord =
        new DiscordSettings(
            secret("DISCORD_TOKEN", path(yaml, "tokenFile")),
            address(yaml, "api"),
            yaml.integer("shards", 0, 0, DiscordSettings.MOST_SHARDS));
    yaml.refuseUnknownKeys();
    return discord;
  }

  private TelegramSettings telegram(YamlSection yaml) {
    TelegramSettings telegram =
        new TelegramSettings(
            secret("TELEGRAM_TOKEN", path(yaml, "tokenFile")), address(yaml, "api"));
    yaml.refuseUnknownKeys();
    return telegram;
  }

  static Optional<URI> address(YamlSection yaml, String key) {
    return yaml.read(key, "an address such as https://example.org", ConfigLoader::address);
  }

  private static Optional<URI> address(String text) {
    try {
      URI address = new URI(text);
      boolean web = "http".equals(address.getScheme()) || "https".equals(address.getScheme());
      return Optional.of(address).filter(any -> web && any.getHost() != null);
    } catch (URISyntaxException e) {
      return Optional.empty();
    }
  }

  private static ModerationSettings moderation(YamlSection yaml) {
    ModerationSettings moderation =
        new ModerationSettings(
            Set.copyOf(yaml.list("operators", IDENTITY_FORM, ConfigLoader::identity)),
            roles(yaml.section("roles")));
    yaml.refuseUnknownKeys();
    return moderation;
  }

  private static Map<String, Set<String>> roles(YamlSection yaml) {
    Map<String, Set<String>> roles = new HashMap<>();
    for (String server : yaml.keys()) {
      if (identity(server).isEmpty()) {
        throw yaml.wrongKey(server, SERVER_FORM);
      }
      roles.put(server, Set.copyOf(yaml.list(server, "the id of a role", Optional::of)));
    }
    return roles;
  }

  private static Optional<String> identity(String text) {
    return Optional.of(text).filter(given -> IDENTITY.matcher(given).matches());
  }

  private static DeliverySettings delivery(YamlSection yaml) {
    DeliverySettings standard = DeliverySettings.standard();
    DeliverySettings delivery =
        new DeliverySettings(
            yaml.duration(
                "giveUpAfter",
                standard.giveUpAfter(),
                DeliverySettings.SHORTEST_TIME,
                DeliverySettings.LONGEST_TIME),
            yaml.integer("inFlight", standard.inFlight(), 1, DeliverySettings.MOST_IN_FLIGHT));
    yaml.refuseUnknownKeys();
    return delivery;
  }

  private static VaeTiling vaeTiling(YamlSection yaml) {
    VaeTiling tiling = yaml.oneOf("tiling", VaeTiling.class).orElse(VaeTiling.AUTO);
    yaml.refuseUnknownKeys();
    return tiling;
  }

  /** {@code web.tokenFile} is {@code HYPERBRUSH_WEB_TOKEN_FILE}. */
  private Optional<YamlSection.Given> override(String path) {
    String name =
        path.replace('.', '_').replaceAll("([a-z])([A-Z])", "$1_$2").toUpperCase(Locale.ROOT);
    return variable(name)
        .map(value -> new YamlSection.Given("environment variable " + PREFIX + name, value));
  }

  private Optional<String> variable(String name) {
    return Optional.ofNullable(environment.get(PREFIX + name)).filter(value -> !value.isBlank());
  }

  private static Optional<Path> path(YamlSection yaml, String key) {
    return yaml.read(
        key,
        "a path",
        text -> Optional.of(text.startsWith("~/") ? home(text.substring(2)) : Path.of(text)));
  }

  private static Path home(String below) {
    return Path.of(System.getProperty("user.home"), below);
  }

  private static String text(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new Refusal(Phrase.of(ReasonCode.SETTINGS_NOT_READABLE, file, IoReason.of(e)), e);
    }
  }
}
