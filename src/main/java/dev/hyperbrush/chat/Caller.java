package dev.hyperbrush.chat;

import java.util.Locale;

/**
 * Who uses a verb or presses a button, where, and in which language they are answered. Immutable.
 */
public record Caller(Person person, Place place, Standing standing, Locale locale) {}
