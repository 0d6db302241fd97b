package dev.hyperbrush.chat.discord;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hyperbrush.generation.Phrase;
import dev.hyperbrush.generation.ReasonCode;
import java.util.Locale;
import java.util.Optional;
import net.dv8tion.jda.api.Permission;
import net.dv8tion.jda.api.utils.data.DataObject;
import org.junit.jupiter.api.Test;

/** What is read of an interaction beside JDA, and whether a picture could be posted there. */
final class InteractionFactsTest {
  private static final long ENOUGH = Permission.getRaw(Invitation.PERMISSIONS);

  private static InteractionFacts facts(String json) {
    return InteractionFacts.of(DataObject.fromJson(json));
  }

  private static InteractionFacts onServer(long permissions, String channel) {
    return facts(
        """
        {"guild_id": "5", "app_permissions": "%d", "attachment_size_limit": 52428800,
         "authorizing_integration_owners": {"0": "5", "1": "7"}, "channel": %s,
         "member": {"roles": ["1", "2"], "permissions": "1099511627776"}}\
        """
            .formatted(permissions, channel));
  }

  private static Optional<ReasonCode> refusal(InteractionFacts facts) {
    return Preflight.refusal(facts, Locale.ENGLISH).map(Phrase::code);
  }

  @Test
  void aServerWithTheBotSaysAll() {
    InteractionFacts facts = onServer(ENOUGH, "{\"type\": 0, \"nsfw\": true}");
    assertThat(facts.present()).isTrue();
    assertThat(facts.server()).contains("5");
    assertThat(facts.roles()).containsExactlyInAnyOrder("1", "2");
    assertThat(Moderators.isOne(facts.rights())).isTrue();
    assertThat(facts.ageRestricted()).isTrue();
    assertThat(facts.largestFile()).isEqualTo(52_428_800);
    assertThat(refusal(facts)).isEmpty();
  }

  @Test
  void whereThePersonBringsTheBotItIsNotPresent() {
    InteractionFacts facts =
        facts(
            """
            {"guild_id": "5", "app_permissions": "0",
             "authorizing_integration_owners": {"1": "7"}, "channel": {"type": 0}}\
            """);
    assertThat(facts.present()).isFalse();
    assertThat(refusal(facts)).isEmpty();
  }

  @Test
  void directMessagesWithTheBotAreItsPlaceAndThoseWithOthersAreNot() {
    assertThat(
            facts("{\"context\": 1, \"authorizing_integration_owners\": {\"0\": \"0\"}}").present())
        .isTrue();
    assertThat(
            facts("{\"context\": 2, \"authorizing_integration_owners\": {\"1\": \"7\"}}").present())
        .isFalse();
  }

  @Test
  void whatIsMissingForbidsNothing() {
    InteractionFacts facts = facts("{}");
    assertThat(facts.largestFile()).isEqualTo(InteractionFacts.USUAL_LARGEST_FILE);
    assertThat(refusal(facts)).isEmpty();
    assertThat(facts("{\"attachment_size_limit\": \"much\"}").largestFile())
        .isEqualTo(InteractionFacts.USUAL_LARGEST_FILE);
  }

  @Test
  void everyPermissionThatPicturesTakeIsNamed() {
    for (Permission permission :
        new Permission[] {
          Permission.VIEW_CHANNEL,
          Permission.MESSAGE_SEND,
          Permission.MESSAGE_EMBED_LINKS,
          Permission.MESSAGE_ATTACH_FILES
        }) {
      InteractionFacts facts = onServer(ENOUGH & ~permission.getRawValue(), "{\"type\": 0}");
      assertThat(Preflight.refusal(facts, Locale.ENGLISH).orElseThrow().args())
          .as(permission.toString())
          .hasSize(1)
          .doesNotContain("");
    }
  }

  @Test
  void aThreadTakesItsOwnPermissionAndMustBeOpen() {
    long threads = ENOUGH & ~Permission.MESSAGE_SEND.getRawValue();
    assertThat(refusal(onServer(threads, "{\"type\": 11}"))).isEmpty();
    assertThat(refusal(onServer(threads, "{\"type\": 0}")))
        .contains(ReasonCode.DISCORD_PERMISSION_MISSING);
    assertThat(refusal(onServer(ENOUGH, "{\"type\": 11, \"thread_metadata\": {\"locked\": true}}")))
        .contains(ReasonCode.DISCORD_THREAD_CLOSED);
  }
}
