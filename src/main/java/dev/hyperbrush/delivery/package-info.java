/** The outbox: how the end of every job reaches the person, whatever fails on the way. */
@NullMarked
package dev.hyperbrush.delivery;

import org.jspecify.annotations.NullMarked;
