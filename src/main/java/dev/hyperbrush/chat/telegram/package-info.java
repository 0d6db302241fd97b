/** The adapter to Telegram: types of telegrambots stay in here. */
@NullMarked
package dev.hyperbrush.chat.telegram;

import org.jspecify.annotations.NullMarked;
