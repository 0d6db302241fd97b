/** The adapter to Discord: types of JDA stay in here. */
@NullMarked
package dev.hyperbrush.chat.discord;

import org.jspecify.annotations.NullMarked;
