package dev.hyperbrush.chat.telegram;

/**
 * The ways out to Telegram. Immutable; everything in it is thread-safe.
 *
 * @param api to ask it something
 * @param sender to say something there
 * @param moves of the groups where it is said
 */
record Outlets(TelegramApi api, TelegramSender sender, StoredMoves moves) {}
