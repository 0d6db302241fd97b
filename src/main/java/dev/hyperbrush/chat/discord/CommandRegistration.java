package dev.hyperbrush.chat.discord;

import dev.hyperbrush.generation.Sha256;
import dev.hyperbrush.store.PlatformCommandsDao;
import java.util.List;
import net.dv8tion.jda.api.JDA;
import net.dv8tion.jda.api.exceptions.ErrorResponseException;
import net.dv8tion.jda.api.interactions.commands.build.CommandData;
import net.dv8tion.jda.api.utils.data.DataArray;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells Discord of the commands, all at once, and only when they are not what it was told last: it
 * allows few changes a day, and apps take theirs up only after a while. Thread-safe.
 */
final class CommandRegistration {
  private static final Logger log = LoggerFactory.getLogger(CommandRegistration.class);

  private final PlatformCommandsDao told;
  private final SlashCommands commands;

  CommandRegistration(PlatformCommandsDao told, SlashCommands commands) {
    this.told = told;
    this.commands = commands;
  }

  /**
   * Takes as long as a request does. What Discord refuses is told again at the next connection.
   *
   * @return false when Discord is in trouble, and may take them later
   */
  boolean register(JDA shard) {
    String bot = shard.getSelfUser().getApplicationId();
    List<CommandData> all = commands.all();
    String fingerprint = fingerprint(all);
    if (told.told(DiscordAdapter.PLATFORM, bot).filter(fingerprint::equals).isPresent()) {
      return true;
    }
    try {
      shard.updateCommands().addCommands(all).complete();
      told.remember(DiscordAdapter.PLATFORM, bot, fingerprint);
      log.info("Discord was told of {} commands", all.size());
      return true;
    } catch (ErrorResponseException e) {
      boolean refused = e.getErrorCode() > 0;
      log.error("Discord does not take the commands: {}", e.getMeaning());
      return refused;
    }
  }

  private static String fingerprint(List<CommandData> commands) {
    // The keys of this form are sorted; those of the short one are in any order.
    String json = DataArray.fromCollection(commands).toPrettyString();
    return Sha256.of(json);
  }
}
