package dev.hyperbrush.pipeline;

import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Something that can be downloaded, and that models may share: one file, or a few that belong
 * together.
 *
 * <p>Immutable.
 *
 * @param id what people type and what models name in {@code needs}
 * @param title what people read
 * @param parts at least one
 * @param licence under which it is published
 * @param gated whether its makers give it only to people whom they know, by a token
 * @param verified whether somebody has looked at the address when this was written
 */
public record CatalogueFile(
    String id,
    String title,
    List<Part> parts,
    Optional<Licence> licence,
    boolean gated,
    boolean verified) {
  public CatalogueFile {
    parts = List.copyOf(parts);
  }

  /**
   * One file.
   *
   * @param to where it goes, below the data folder, with slashes
   * @param address relative to the site that files come from or to a mirror of it, or absolute
   * @param sha256 in lower case, where its makers publish it
   * @param bytes its exact size, where that is known
   * @param about its size otherwise, as a round figure
   */
  public record Part(
      String to, URI address, Optional<String> sha256, OptionalLong bytes, OptionalLong about) {
    /**
     * Where it is fetched from.
     *
     * @param base the site, or a mirror of it
     */
    public URI from(URI base) {
      String text = base.toString();
      return URI.create(text.endsWith("/") ? text : text + "/").resolve(address);
    }

    /** Its size as far as it is known; 0 where it is not. */
    public long expectedBytes() {
      return bytes.orElseGet(() -> about.orElse(0));
    }
  }

  /** Size of all parts as far as it is known. */
  public long expectedBytes() {
    return parts.stream().mapToLong(Part::expectedBytes).sum();
  }

  /** Whether all sizes are exact. */
  public boolean exact() {
    return parts.stream().allMatch(part -> part.bytes().isPresent());
  }
}
