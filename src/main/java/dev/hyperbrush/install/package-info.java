/** Downloads models and keeps what is installed in order: files, licences, receipts. */
@NullMarked
package dev.hyperbrush.install;

import org.jspecify.annotations.NullMarked;
