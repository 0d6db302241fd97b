package dev.hyperbrush.chat.discord;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hyperbrush.chat.ChatWorld;
import dev.hyperbrush.chat.Texts;
import dev.hyperbrush.command.Usage;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import net.dv8tion.jda.api.interactions.commands.build.CommandData;
import net.dv8tion.jda.api.utils.data.DataArray;
import net.dv8tion.jda.api.utils.data.DataObject;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every command within the limits that Discord documents, in every language. */
final class SlashCommandsTest {
  private static final Pattern NAME = Pattern.compile("[-_'\\p{L}\\p{N}]{1,32}");
  private static final int SLASH = 1;
  private static final int SUBCOMMAND = 1;

  @TempDir static Path data;

  private static List<Usage> verbs = List.of();
  private static List<DataObject> commands = List.of();

  @BeforeAll
  static void generate() {
    try (ChatWorld world = new ChatWorld(data)) {
      verbs = world.commands.verbs();
      commands = new SlashCommands(verbs).all().stream().map(CommandData::toData).toList();
    }
  }

  @Test
  void everyVerbIsOffered() {
    Set<String> offered = new TreeSet<>();
    SlashCommands slash = new SlashCommands(verbs);
    for (DataObject command : slash()) {
      List<DataObject> subcommands =
          options(command).filter(option -> option.getInt("type") == SUBCOMMAND).toList();
      if (subcommands.isEmpty()) {
        offered.add(slash.verb(command.getString("name")));
      }
      subcommands.forEach(
          sub -> offered.add(slash.verb(command.getString("name") + " " + sub.getString("name"))));
    }
    assertThat(offered)
        .containsExactlyInAnyOrderElementsOf(verbs.stream().map(Usage::name).toList());
  }

  @Test
  void thereAreNotTooMany() {
    assertThat(slash()).hasSizeLessThanOrEqualTo(100);
    assertThat(commands.size() - slash().size()).isBetween(1, 15);
    assertThat(commands.stream().map(command -> command.getString("name"))).doesNotHaveDuplicates();
  }

  @Test
  void namesAreNames() {
    all(slash())
        .forEach(part ->
            names(part)
                .forEach(name ->
                    assertThat(name).matches(NAME).isEqualTo(name.toLowerCase(Locale.ROOT))));
    commands.stream()
        .filter(command -> command.getInt("type") != SLASH)
        .forEach(menu -> names(menu).forEach(name -> assertThat(name).hasSizeBetween(1, 32)));
  }

  @Test
  void descriptionsAreShortEnoughWithoutBeingCut() {
    all(slash())
        .forEach(part ->
            Stream.concat(
                    Stream.of(part.getString("description")),
                    localized(part, "description_localizations"))
                .forEach(text -> assertThat(text).hasSizeBetween(1, 100).doesNotEndWith("…")));
  }

  @Test
  void eachIsSmallEnoughAsAWhole() {
    slash()
        .forEach(command ->
            assertThat(size(command)).as(command.getString("name")).isLessThanOrEqualTo(8000));
  }

  @Test
  void eachHasAtMost25DifferentOptionsTheRequiredOnesFirst() {
    all(slash())
        .forEach(part -> {
          List<DataObject> options = options(part).toList();
          assertThat(options).hasSizeLessThanOrEqualTo(25);
          assertThat(options.stream().map(option -> option.getString("name")))
              .doesNotHaveDuplicates();
          boolean optional = false;
          for (DataObject option : options) {
            boolean required = option.getBoolean("required", false);
            assertThat(required && optional).as("%s behind an optional one", option).isFalse();
            optional |= !required;
            assertThat(option.optArray("choices").map(DataArray::length).orElse(0))
                .isBetween(0, 25);
            assertThat(
                    option.getBoolean("autocomplete", false)
                        && option.optArray("choices").map(DataArray::length).orElse(0) > 0)
                .isFalse();
          }
        });
  }

  @Test
  void everythingIsSaidInEveryLanguage() {
    Set<String> spoken = Set.of("de", "fr", "es-ES", "es-419", "pt-BR", "zh-CN", "zh-TW", "ja");
    all(slash())
        .forEach(part ->
            assertThat(part.getObject("description_localizations").keys())
                .containsExactlyInAnyOrderElementsOf(spoken));
    assertThat(Texts.LANGUAGES).hasSize(7);
  }

  @Test
  void seedsAreText() {
    DataObject seed = option("imagine", "seed");
    assertThat(seed.getInt("type")).isEqualTo(3);
    DataObject steps = option("imagine", "steps");
    assertThat(steps.getInt("type")).isEqualTo(4);
    assertThat(steps.getInt("max_value")).isEqualTo(150);
  }

  @Test
  void thePromptComesFirstAndIsNeeded() {
    DataObject first = options(command("imagine")).findFirst().orElseThrow();
    assertThat(first.getString("name")).isEqualTo("prompt");
    assertThat(first.getBoolean("required")).isTrue();
  }

  @Test
  void whatFindsNoRoomIsTypedAsFlags() {
    DataObject set =
        options(command("defaults"))
            .filter(sub -> sub.getString("name").equals("set"))
            .findFirst()
            .orElseThrow();
    Set<String> names =
        new HashSet<>(options(set).map(option -> option.getString("name")).toList());
    assertThat(names).contains("channel", "role", "flags").doesNotContain("everywhere");
  }

  @Test
  void verbsOfModeratorsAreOfferedToThem() {
    assertThat(command("ban").getString("default_member_permissions"))
        .isEqualTo(String.valueOf(1L << 40));
    assertThat(command("admin").getString("default_member_permissions")).isEqualTo("0");
    assertThat(command("imagine").isNull("default_member_permissions")).isTrue();
    assertThat(command("preset").isNull("default_member_permissions")).isTrue();
  }

  private static List<DataObject> slash() {
    return commands.stream().filter(command -> command.getInt("type") == SLASH).toList();
  }

  private static DataObject command(String name) {
    return slash().stream()
        .filter(command -> command.getString("name").equals(name))
        .findFirst()
        .orElseThrow();
  }

  private static DataObject option(String command, String name) {
    return options(command(command))
        .filter(option -> option.getString("name").equals(name))
        .findFirst()
        .orElseThrow();
  }

  private static Stream<DataObject> options(DataObject part) {
    return part.optArray("options").stream().flatMap(array -> array.stream(DataArray::getObject));
  }

  /** Commands, their subcommands and all options. */
  private static Stream<DataObject> all(List<DataObject> parts) {
    return parts.stream()
        .flatMap(part -> Stream.concat(Stream.of(part), all(options(part).toList())));
  }

  private static Stream<String> names(DataObject part) {
    return Stream.concat(Stream.of(part.getString("name")), localized(part, "name_localizations"));
  }

  private static Stream<String> localized(DataObject part, String key) {
    return part.optObject(key).stream().flatMap(map -> map.keys().stream().map(map::getString));
  }

  /** As Discord counts: names, descriptions and values, of each the longest localisation. */
  private static int size(DataObject part) {
    int size = names(part).mapToInt(String::length).max().orElse(0);
    size +=
        Stream.concat(
                Stream.of(part.getString("description", "")),
                localized(part, "description_localizations"))
            .mapToInt(String::length)
            .max()
            .orElse(0);
    size += part.getString("value", "").length();
    size += options(part).mapToInt(SlashCommandsTest::size).sum();
    return size
        + part.optArray("choices").stream()
            .flatMap(array -> array.stream(DataArray::getObject))
            .mapToInt(SlashCommandsTest::size)
            .sum();
  }
}
