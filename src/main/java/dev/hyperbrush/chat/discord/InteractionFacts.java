package dev.hyperbrush.chat.discord;

import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import net.dv8tion.jda.api.utils.data.DataArray;
import net.dv8tion.jda.api.utils.data.DataObject;

/**
 * What Discord says of an interaction that JDA does not read, or only where the bot is on the
 * server. Immutable.
 *
 * @param permissions of the bot where it was used, as Discord's bits
 * @param largestFile bytes that a file may have there
 * @param server where it was used, if that is on a server
 * @param present whether the bot is there itself: on the server, or the other end of the direct
 *     messages; where it is not, it can only answer
 * @param roles of the person on the server
 * @param rights of the person there, as Discord's bits
 * @param ageRestricted whether the channel itself is
 * @param thread whether the channel is one
 * @param closed whether that thread is locked or archived
 */
record InteractionFacts(
    long permissions,
    long largestFile,
    Optional<String> server,
    boolean present,
    Set<String> roles,
    long rights,
    boolean ageRestricted,
    boolean thread,
    boolean closed) {
  /** What every place takes. */
  static final long USUAL_LARGEST_FILE = 10L << 20;

  private static final int BOT_DM = 1;
  private static final String BY_SERVER = "0";
  private static final Set<Long> THREADS = Set.of(10L, 11L, 12L);
  private static final long ALL = -1;

  InteractionFacts {
    roles = Set.copyOf(roles);
  }

  /** Of the data of an {@code INTERACTION_CREATE}; what is missing forbids nothing. */
  static InteractionFacts of(DataObject interaction) {
    DataObject channel = part(interaction, "channel");
    DataObject member = part(interaction, "member");
    DataObject thread = part(channel, "thread_metadata");
    Optional<String> server = text(interaction, "guild_id");
    Optional<String> owner = text(part(interaction, "authorizing_integration_owners"), BY_SERVER);
    return new InteractionFacts(
        number(interaction, "app_permissions", ALL),
        number(interaction, "attachment_size_limit", USUAL_LARGEST_FILE),
        server,
        server.isPresent() ? owner.equals(server) : number(interaction, "context", 0) == BOT_DM,
        roles(member),
        number(member, "permissions", 0),
        channel.getBoolean("nsfw", false),
        THREADS.contains(number(channel, "type", 0)),
        thread.getBoolean("archived", false) || thread.getBoolean("locked", false));
  }

  private static DataObject part(DataObject data, String key) {
    return data.optObject(key).orElseGet(DataObject::empty);
  }

  private static Optional<String> text(DataObject data, String key) {
    return Optional.ofNullable(data.getString(key, null));
  }

  private static Set<String> roles(DataObject member) {
    return new HashSet<>(
        member.optArray("roles").stream()
            .flatMap(roles -> roles.stream(DataArray::getString))
            .toList());
  }

  private static long number(DataObject data, String key, long otherwise) {
    try {
      return data.getLong(key, otherwise);
    } catch (RuntimeException e) { // not a number: it says nothing then
      return otherwise;
    }
  }
}
