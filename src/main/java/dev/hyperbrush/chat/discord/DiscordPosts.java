package dev.hyperbrush.chat.discord;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.hyperbrush.chat.discord.DiscordAddress.Dm;
import dev.hyperbrush.chat.discord.DiscordAddress.Hook;
import dev.hyperbrush.chat.discord.DiscordAddress.Message;
import java.io.IOException;
import java.time.Duration;
import net.dv8tion.jda.api.requests.Route;
import net.dv8tion.jda.api.requests.Route.CompiledRoute;
import net.dv8tion.jda.api.utils.AttachedFile;
import net.dv8tion.jda.api.utils.data.DataObject;
import net.dv8tion.jda.api.utils.messages.MessageCreateData;
import net.dv8tion.jda.api.utils.messages.MessageEditData;
import net.dv8tion.jda.internal.requests.Requester;
import okhttp3.RequestBody;

/** Messages at addresses: made, edited and deleted. Thread-safe. */
final class DiscordPosts {
  private static final String ORIGINAL = "@original";
  private static final int DM_CHANNELS = 10_000;

  private final DiscordRest rest;

  /** Channels of direct messages by person: Discord does not like them opened again and again. */
  private final Cache<Long, Long> dmChannels =
      Caffeine.newBuilder().maximumSize(DM_CHANNELS).build();

  DiscordPosts(DiscordRest rest) {
    this.rest = rest;
  }

  /** How long to wait for the beginning of what must be said. */
  Duration patient() {
    return rest.patient();
  }

  /** How long to wait for the beginning of what may as well be left out. */
  Duration impatient() {
    return rest.impatient();
  }

  /** Edits the answer to an interaction. */
  Message edit(Hook hook, DiscordMessage message, Duration patience)
      throws IOException, InterruptedException {
    CompiledRoute route =
        Route.Interactions.EDIT_FOLLOWUP.compile(
            Long.toUnsignedString(hook.applicationId()), hook.token(), ORIGINAL);
    return posted(rest.call(hook.token().hashCode(), route, edited(message), patience));
  }

  /** Edits a message of the bot. */
  Message edit(Message where, DiscordMessage message, Duration patience)
      throws IOException, InterruptedException {
    CompiledRoute route =
        Route.Messages.EDIT_MESSAGE.compile(
            Long.toUnsignedString(where.channelId()), Long.toUnsignedString(where.messageId()));
    return posted(rest.call(where.channelId(), route, edited(message), patience));
  }

  /**
   * Posts a new message.
   *
   * @param nonce by which Discord tells one that it has already
   */
  Message create(long channel, DiscordMessage message, String nonce)
      throws IOException, InterruptedException {
    try (MessageCreateData data = message.create()) {
      DataObject json = data.toData().put("nonce", nonce).put("enforce_nonce", true);
      RequestBody body =
          AttachedFile.createMultipartBody(data.getAllDistinctFiles(), json(json)).build();
      CompiledRoute route = Route.Messages.SEND_MESSAGE.compile(Long.toUnsignedString(channel));
      return posted(rest.call(channel, route, body, rest.patient()));
    }
  }

  /** The channel of direct messages with somebody. */
  long open(Dm person) throws IOException, InterruptedException {
    Long known = dmChannels.getIfPresent(person.userId());
    if (known != null) {
      return known;
    }
    String recipient = Long.toUnsignedString(person.userId());
    DataObject opened =
        rest.call(
            person.userId(),
            Route.Self.CREATE_PRIVATE_CHANNEL.compile(),
            json(DataObject.empty().put("recipient_id", recipient)),
            rest.patient());
    long channel = opened.getUnsignedLong("id");
    dmChannels.put(person.userId(), channel);
    return channel;
  }

  /** Deletes the answer to an interaction. */
  void delete(Hook hook) throws IOException, InterruptedException {
    CompiledRoute route =
        Route.Interactions.DELETE_FOLLOWUP.compile(
            Long.toUnsignedString(hook.applicationId()), hook.token(), ORIGINAL);
    rest.call(hook.token().hashCode(), route, null, rest.patient());
  }

  /** Deletes a message of the bot. */
  void delete(Message where) throws IOException, InterruptedException {
    CompiledRoute route =
        Route.Messages.DELETE_MESSAGE.compile(
            Long.toUnsignedString(where.channelId()), Long.toUnsignedString(where.messageId()));
    rest.call(where.channelId(), route, null, rest.patient());
  }

  private static RequestBody edited(DiscordMessage message) {
    try (MessageEditData data = message.edit()) {
      RequestBody json = json(data.toData());
      return data.getAllDistinctFiles().isEmpty()
          ? json
          : AttachedFile.createMultipartBody(data.getAllDistinctFiles(), json).build();
    }
  }

  private static RequestBody json(DataObject json) {
    return RequestBody.create(json.toJson(), Requester.MEDIA_TYPE_JSON);
  }

  private static Message posted(DataObject message) {
    return new Message(message.getUnsignedLong("channel_id"), message.getUnsignedLong("id"));
  }
}
