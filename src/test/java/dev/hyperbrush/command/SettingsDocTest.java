package dev.hyperbrush.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hyperbrush.chat.Texts;
import dev.hyperbrush.policy.ScopeKind;
import dev.hyperbrush.policy.Setting;
import dev.hyperbrush.policy.Setting.Use;
import dev.hyperbrush.policy.SettingKind;
import dev.hyperbrush.policy.Settings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * {@code docs/settings.md} lists every setting. {@code mvn test -Dtest=SettingsDocTest
 * -Dhyperbrush.docs=write} writes it.
 */
final class SettingsDocTest {
  private static final boolean WRITE = "write".equals(System.getProperty("hyperbrush.docs"));
  private static final Path FILE = Path.of("docs", "settings.md");

  private static final String HEAD =
      """
      # Settings

      What a command leaves open is looked up from the narrowest scope to the widest:

      command > presets (the last named first) > yourself > roles > channel > server > everywhere > configuration > model

      - **Defaults**: the narrowest scope that says something decides. Of several roles the one with the largest `priority`
        decides, then the one with the largest `weight`, then that with the last id.
      - **Styles** (`no`, `prefix`, `suffix`): the narrowest of role, channel, server and everywhere decides, and what you set
        for yourself comes inside of it. A prompt that has the words already does not get them twice. `--no` of a command and
        of presets is joined with that of the place and replaces your own default.
      - **Limits**: the narrowest scope decides, so a role or a channel can be allowed more than the server; of several roles
        the most generous counts. Nobody exceeds what is set everywhere or in the configuration.
      - **Allowed names**: as limits; several roles allow what any of them allows. The model's own scheduler and LoRAs are
        always possible.
      - What is not possible any more, such as a model that was removed, is left out and said.

      | verb | for | |
      |---|---|---|
      | `/settings show` | everybody | every value here and the scope it comes from |
      | `/defaults me [--steps 6] [--unset steps]` | everybody | own defaults |
      | `/defaults set`, `unset`, `show` | moderators | the server; `--channel [id]`, `--role <id>` for a part of it |
      | … `--server <platform:id>`, `--everywhere` | whoever runs the bot | another server, all places |
      | `/preset save <name> [words] [flags] [--from 12]` | everybody | `{prompt}` stands for what is said later; `--replace` overwrites |
      | `/preset list`, `show`, `rename`, `delete`, `share` | everybody | what is shared is a copy; one's own wins over the server's |
      | `/preset approve`, `delete --shared` | moderators | let an offered preset in, or remove one |
      | `/changes [words]`, `/changes undo <number>` | whose server it is, or one's own | `--force` undoes what was changed again since |

      """;

  @Test
  void everySettingIsListed() throws IOException {
    String expected = document();
    if (WRITE) {
      Files.writeString(FILE, expected);
    }
    assertThat(FILE)
        .as("write it with: mvn test -Dtest=SettingsDocTest -Dhyperbrush.docs=write")
        .hasContent(expected);
  }

  private static String document() {
    return HEAD
        + table("Defaults", Use.DEFAULT)
        + table("Styles", Use.STYLE)
        + table("Limits", Use.MOST, Use.LEAST)
        + table("Allowed names", Use.ALLOWED)
        + table("What a role is worth", Use.OF_ROLE);
  }

  private static String table(String title, Use... uses) {
    String rows =
        Settings.ALL.stream()
            .filter(setting -> List.of(uses).contains(setting.use()))
            .map(SettingsDocTest::row)
            .collect(Collectors.joining());
    return "## "
        + title
        + "\n\n| setting | values | set for | |\n|---|---|---|---|\n"
        + rows
        + "\n";
  }

  private static String row(Setting<?> setting) {
    return "| `--"
        + setting.name()
        + " "
        + setting.example()
        + "` | "
        + values(setting.kind())
        + " | "
        + scopes(setting)
        + " | "
        + Texts.get(Locale.ENGLISH, "option." + setting.name())
        + " |\n";
  }

  private static String scopes(Setting<?> setting) {
    return Stream.of(ScopeKind.SERVER, ScopeKind.ROLE, ScopeKind.PERSON)
        .filter(setting::isFor)
        .map(scope ->
            switch (scope) {
              case SERVER -> "everywhere, server, channel";
              case ROLE -> "role";
              default -> "yourself";
            })
        .collect(Collectors.joining(", "));
  }

  private static String values(SettingKind<?> kind) {
    return switch (kind) {
      case SettingKind.Whole range -> new Kind.Whole(range.min(), range.max()).accepted();
      case SettingKind.Decimal range -> new Kind.Decimal(range.min(), range.max()).accepted();
      case SettingKind.Text text -> "words, at most " + text.longest() + " characters";
      case SettingKind.OnOff _ -> new Kind.OnOff().accepted();
      case SettingKind.Shape _ -> new Kind.Shape().accepted();
      case SettingKind.OneOf one -> "one of the " + named(one.library().name());
      case SettingKind.SomeOf some -> "some of the " + named(some.library().name());
      case SettingKind.Loras _ -> "";
    };
  }

  private static String named(String library) {
    return library.equals("LORAS") ? "LoRAs" : library.toLowerCase(Locale.ROOT);
  }
}
