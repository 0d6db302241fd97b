package dev.hyperbrush.store;

import java.util.Optional;

/**
 * A person, as every command needs to know them. Immutable.
 *
 * @param id the same on every platform
 * @param language tag of the language they chose
 */
public record Profile(long id, Optional<String> language) {}
