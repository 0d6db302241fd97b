/** The port that adapters and verbs share: who asked what, where, and what is answered. */
@NullMarked
package dev.hyperbrush.chat;

import org.jspecify.annotations.NullMarked;
