package dev.hyperbrush.policy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hyperbrush.store.Origin;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ModerationSettingsTest {
  private static final ModerationSettings SETTINGS =
      new ModerationSettings(Set.of("discord:1"), Map.of("discord:guild", Set.of("keeper")));

  @ParameterizedTest
  @CsvSource({
    "EVERYBODY, 2, guild, painter, EVERYBODY",
    "EVERYBODY, 2, guild, keeper,  MODERATOR",
    "EVERYBODY, 2, other, keeper,  EVERYBODY",
    "EVERYBODY, 2,      , keeper,  EVERYBODY",
    "MODERATOR, 2, guild, painter, MODERATOR",
    "MODERATOR, 2, other, keeper,  MODERATOR",
    "OPERATOR,  2, guild, keeper,  OPERATOR",
    "EVERYBODY, 1, other, painter, OPERATOR",
    "MODERATOR, 1,      , painter, OPERATOR"
  })
  void whatIsConfiguredRaisesWhatThePlatformSays(
      Permission platform, String id, String server, String role, Permission expected) {
    Origin origin = new Origin("discord", "art", Optional.ofNullable(server));

    assertThat(SETTINGS.permission(platform, id, origin, Set.of(role))).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource({"discord, 1, true", "telegram, 1, false", "discord, 11, false"})
  void anIdentityIsOfItsPlatform(String platform, String id, boolean operator) {
    assertThat(SETTINGS.isOperator(platform, id)).isEqualTo(operator);
  }
}
