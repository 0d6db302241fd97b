package dev.hyperbrush.fakediscord;

import com.fasterxml.jackson.databind.JsonNode;

/** Which commands Discord's client offers to whom and where. */
final class Visibility {
  private Visibility() {}

  static void check(JsonNode command, FakePerson person, FakeChannel channel) {
    boolean serverInstalled = channel.guild.map(guild -> guild.botIn).orElse(false);
    int context = channel.isInServer() ? 0 : channel.partner.isPresent() ? 1 : 2;
    allow(has(command.path("contexts"), context, true), "the command is not offered here");
    boolean byServer =
        (serverInstalled || context == 1) && has(command.path("integration_types"), 0, true);
    boolean byUser = person.installed && has(command.path("integration_types"), 1, false);
    allow(byServer || byUser, person + " has no such command: neither server nor account has it");
    channel.guild.ifPresent(guild -> allow(guild.has(person), person + " is not in the server"));
    allow(
        channel.may(person, Permission.USE_APPLICATION_COMMANDS),
        person + " may not use commands here");
    String needed = command.path("default_member_permissions").asText("");
    if (channel.isInServer() && !needed.isEmpty() && !needed.equals("null")) {
      long bits = Long.parseLong(needed);
      long has = channel.permissions(person);
      allow(
          has == Permission.ALL || (bits != 0 && (has & bits) == bits),
          person + " does not see this command");
    }
    allow(
        !command.path("nsfw").asBoolean() || channel.ageRestricted || !channel.isInServer(),
        "the command is for age-restricted channels");
  }

  private static boolean has(JsonNode array, int value, boolean absent) {
    if (!array.isArray()) {
      return absent;
    }
    return array.valueStream().anyMatch(one -> one.asInt() == value);
  }

  private static void allow(boolean condition, String why) {
    if (!condition) {
      throw new IllegalArgumentException(why);
    }
  }
}
