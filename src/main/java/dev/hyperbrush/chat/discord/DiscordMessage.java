package dev.hyperbrush.chat.discord;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import net.dv8tion.jda.api.components.MessageTopLevelComponent;
import net.dv8tion.jda.api.components.textdisplay.TextDisplay;
import net.dv8tion.jda.api.entities.Message.MentionType;
import net.dv8tion.jda.api.utils.messages.MessageCreateBuilder;
import net.dv8tion.jda.api.utils.messages.MessageCreateData;
import net.dv8tion.jda.api.utils.messages.MessageEditBuilder;
import net.dv8tion.jda.api.utils.messages.MessageEditData;

/**
 * A message in Components V2, with its files in them. It mentions nobody, whatever it says. Whether
 * it is ephemeral is decided by who sends it. Immutable; its files can be read more than once.
 */
record DiscordMessage(List<MessageTopLevelComponent> components) {
  DiscordMessage {
    components = List.copyOf(components);
  }

  /** The same, saying whom it is for; they are not called by it. */
  DiscordMessage naming(long userId) {
    List<MessageTopLevelComponent> named = new ArrayList<>(components);
    named.addFirst(TextDisplay.of("<@" + Long.toUnsignedString(userId) + ">"));
    return new DiscordMessage(named);
  }

  /** As a new message. */
  MessageCreateData create() {
    return new MessageCreateBuilder()
        .useComponentsV2(true)
        .setComponents(components)
        .setAllowedMentions(EnumSet.noneOf(MentionType.class))
        .mentionRepliedUser(false)
        .build();
  }

  /** In place of what a message has said, its files too. */
  MessageEditData edit() {
    return new MessageEditBuilder()
        .useComponentsV2(true)
        .setComponents(components)
        .setAttachments(List.of())
        .setAllowedMentions(EnumSet.noneOf(MentionType.class))
        .mentionRepliedUser(false)
        .build();
  }
}
