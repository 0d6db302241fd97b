package dev.hyperbrush.faketelegram;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.Map;
import java.util.Set;

/** What a bot asks about chats. Called with the world's monitor held. */
final class ChatMethods {
  private static final Set<String> ADMINISTRATORS = Set.of("creator", "administrator");

  private final World world;

  ChatMethods(World world) {
    this.world = world;
  }

  Map<String, Method> methods() {
    return Map.of(
        "getchatadministrators", this::getChatAdministrators,
        "getchatmember", this::getChatMember,
        "getchat", this::getChat,
        "leavechat", this::leaveChat);
  }

  private JsonNode getChatAdministrators(Parameters parameters) {
    Chat chat = Target.reachable(world, parameters);
    if (!chat.isGroup()) {
      throw Refusal.mistake("there are no administrators in the private chat");
    }
    ArrayNode result = JsonNodeFactory.instance.arrayNode();
    chat.standing.forEach((id, status) -> {
      if (ADMINISTRATORS.contains(status)) {
        world.person(id).ifPresent(user -> result.add(world.member(chat, user, status)));
      }
    });
    if (chat.botAdministrator) {
      result.add(world.member(chat, world.bot, "administrator"));
    }
    return result;
  }

  private JsonNode getChatMember(Parameters parameters) {
    Chat chat = Target.reachable(world, parameters);
    long id = Parameters.number("user_id", parameters.required("user_id"));
    if (id == world.bot.id()) {
      return bot(chat);
    }
    User user = world.person(id).orElseThrow(() -> Refusal.misfortune("PARTICIPANT_ID_INVALID"));
    return world.member(chat, user, chat.standing.getOrDefault(id, "left"));
  }

  private JsonNode bot(Chat chat) {
    String status = chat.botAdministrator ? "administrator" : "member";
    return chat.denied.isEmpty() || chat.botAdministrator
        ? world.member(chat, world.bot, status)
        : restricted(chat);
  }

  private JsonNode restricted(Chat chat) {
    var json = world.member(chat, world.bot, "restricted").put("is_member", true);
    for (String right : new String[] {"messages", "photos", "documents", "other_messages"}) {
      json.put("can_send_" + right, !chat.denied.contains("can_send_" + right));
    }
    return json.put("until_date", 0);
  }

  private JsonNode getChat(Parameters parameters) {
    Chat chat = Target.reachable(world, parameters);
    var json = chat.json().put("accent_color_id", 0).put("max_reaction_count", 11);
    if (chat.isGroup()) {
      var rights = json.putObject("permissions");
      for (String right : new String[] {"messages", "photos", "documents", "other_messages"}) {
        rights.put("can_send_" + right, !chat.denied.contains("can_send_" + right));
      }
    }
    return json;
  }

  private JsonNode leaveChat(Parameters parameters) {
    Target.reachable(world, parameters).botKicked = true;
    return JsonNodeFactory.instance.booleanNode(true);
  }
}
