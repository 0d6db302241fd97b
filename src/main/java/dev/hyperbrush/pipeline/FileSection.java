package dev.hyperbrush.pipeline;

import dev.hyperbrush.pipeline.CatalogueFile.Part;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Pattern;

/** One entry under {@code files} in {@code models.yaml}. Used once, by one thread. */
final class FileSection {
  /** Names that mean the same on every system, and that leave no folder. */
  private static final Pattern TO =
      Pattern.compile(
          "(models|unets|loras|vae|embeddings|tokenizers)(/[A-Za-z0-9_][A-Za-z0-9._+-]{0,99}){1,4}");

  private static final Pattern REPOSITORY =
      Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,95}/[A-Za-z0-9][A-Za-z0-9._-]{0,95}");
  private static final Pattern PATH =
      Pattern.compile("[A-Za-z0-9_][A-Za-z0-9._+-]{0,99}(/[A-Za-z0-9_][A-Za-z0-9._+-]{0,99}){0,4}");
  private static final Pattern SHA256 = Pattern.compile("[0-9a-fA-F]{64}");
  private static final Pattern SIZE = Pattern.compile("([0-9]{1,6}(?:\\.[0-9]{1,3})?) ?(KB|MB|GB)");
  private static final Map<String, Long> UNITS =
      Map.of("KB", 1_000L, "MB", 1_000_000L, "GB", 1_000_000_000L);

  private final YamlSection yaml;
  private final Map<String, Licence> licences;

  FileSection(YamlSection yaml, Map<String, Licence> licences) {
    this.yaml = yaml;
    this.licences = licences;
  }

  CatalogueFile read(String id) {
    Optional<String> repository =
        yaml.read(
            "repo", "an owner and a name such as ByteDance/Hyper-SD", FileSection::repository);
    List<YamlSection> several = yaml.sections("parts");
    List<Part> parts =
        several.isEmpty()
            ? List.of(part(yaml, repository))
            : several.stream().map(one -> part(one, repository)).toList();
    several.forEach(YamlSection::refuseUnknownKeys);
    CatalogueFile file =
        new CatalogueFile(
            id,
            yaml.text("title").orElse(id),
            parts,
            yaml.read("licence", "one of " + licences.keySet(), this::licence),
            yaml.flag("gated", false),
            yaml.flag("verified", false));
    yaml.refuseUnknownKeys();
    return file;
  }

  private Optional<Licence> licence(String id) {
    return Optional.ofNullable(licences.get(id));
  }

  private static Part part(YamlSection yaml, Optional<String> repository) {
    return new Part(
        yaml.read(
                "to",
                "a path below the data folder such as models/name.safetensors",
                FileSection::to)
            .orElseThrow(() -> yaml.missing("to", "a path below the data folder")),
        address(yaml, repository),
        yaml.read("sha256", "64 hexadecimal digits", FileSection::sha256),
        yaml.read(
                "bytes",
                "a whole number",
                text -> Optional.of(Long.valueOf(text)).filter(n -> n > 0))
            .map(OptionalLong::of)
            .orElseGet(OptionalLong::empty),
        yaml.read("about", "a size such as 6.9 GB", FileSection::size)
            .map(OptionalLong::of)
            .orElseGet(OptionalLong::empty));
  }

  private static URI address(YamlSection yaml, Optional<String> repository) {
    Optional<URI> url = yaml.read("url", "an address that begins with https://", FileSection::url);
    Optional<URI> path =
        yaml.read("path", "the path of a file in repo", FileSection::path)
            .flatMap(file -> repository.map(repo -> URI.create(repo + "/resolve/main/" + file)));
    return url.or(() -> path)
        .orElseThrow(() -> yaml.missing("url", "an address, or repo and path"));
  }

  private static Optional<String> to(String text) {
    return Optional.of(text).filter(TO.asMatchPredicate());
  }

  private static Optional<String> repository(String text) {
    return Optional.of(text).filter(REPOSITORY.asMatchPredicate());
  }

  private static Optional<String> path(String text) {
    return Optional.of(text).filter(PATH.asMatchPredicate());
  }

  private static Optional<String> sha256(String text) {
    return Optional.of(text.toLowerCase(Locale.ROOT)).filter(SHA256.asMatchPredicate());
  }

  private static Optional<Long> size(String text) {
    var parts = SIZE.matcher(text);
    return parts.matches()
        ? Optional.of(
            Math.round(Double.parseDouble(parts.group(1)) * UNITS.getOrDefault(parts.group(2), 1L)))
        : Optional.empty();
  }

  /** Without a name and password, which would end up in logs. */
  private static Optional<URI> url(String text) {
    try {
      URI address = new URI(text);
      boolean web = "https".equals(address.getScheme()) || "http".equals(address.getScheme());
      return Optional.of(address)
          .filter(any -> web && any.getHost() != null && any.getUserInfo() == null);
    } catch (URISyntaxException e) {
      return Optional.empty();
    }
  }
}
