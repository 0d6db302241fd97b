/** The database and the picture files. */
@NullMarked
package dev.hyperbrush.store;

import org.jspecify.annotations.NullMarked;
