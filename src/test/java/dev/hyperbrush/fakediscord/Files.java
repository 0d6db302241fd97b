package dev.hyperbrush.fakediscord;

import java.time.Duration;

/** Files on Discord's own server, by links that end. */
final class Files {
  private static final Duration LIFE_OF_A_LINK = Duration.ofHours(24);

  private Files() {}

  /** Takes a file over. Under the world's lock. */
  static FakeFile store(World world, FakeChannel channel, FakeFile file) {
    long id = world.ids.next();
    long end = world.now().plus(LIFE_OF_A_LINK).getEpochSecond();
    String url =
        "%s/attachments/%s/%s/%s?ex=%x"
            .formatted(world.address, Json.id(channel.id), Json.id(id), safe(file.name()), end);
    FakeFile stored =
        new FakeFile(
            id,
            safe(file.name()),
            FakeFile.typeOf(file.name()),
            file.bytes(),
            file.description(),
            url);
    world.files.put(id, stored);
    return stored;
  }

  /** Discord replaces what does not go into a link. */
  private static String safe(String name) {
    return name.replaceAll("[^A-Za-z0-9._-]", "_");
  }
}
