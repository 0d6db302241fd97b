package dev.hyperbrush.chat.discord;

import net.dv8tion.jda.api.utils.data.DataObject;

/**
 * What Discord says of an interaction that JDA does not read. Immutable.
 *
 * @param permissions of the bot where it was used, as Discord's bits
 * @param largestFile bytes that a file may have there
 */
record InteractionFacts(long permissions, long largestFile) {
  /** What every place takes. */
  static final long USUAL_LARGEST_FILE = 10L << 20;

  /** Of the data of an {@code INTERACTION_CREATE}; what is missing forbids nothing. */
  static InteractionFacts of(DataObject interaction) {
    return new InteractionFacts(
        number(interaction, "app_permissions", -1),
        number(interaction, "attachment_size_limit", USUAL_LARGEST_FILE));
  }

  private static long number(DataObject data, String key, long otherwise) {
    try {
      return data.getLong(key, otherwise);
    } catch (RuntimeException e) { // not a number: it says nothing then
      return otherwise;
    }
  }
}
