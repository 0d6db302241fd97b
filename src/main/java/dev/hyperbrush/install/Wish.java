package dev.hyperbrush.install;

import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * A file to download. Immutable.
 *
 * @param address where from
 * @param target where to, whatever the source calls it
 * @param sha256 in lower case, where known
 * @param bytes its exact size, where known
 * @param gated whether the access token is needed
 */
record Wish(URI address, Path target, Optional<String> sha256, OptionalLong bytes, boolean gated) {
  String name() {
    return String.valueOf(target.getFileName());
  }
}
