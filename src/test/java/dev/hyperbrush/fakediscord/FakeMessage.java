package dev.hyperbrush.fakediscord;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A message, with all that it has ever been. Thread-safe. */
public final class FakeMessage {
  static final int EPHEMERAL = 1 << 6;
  static final int LOADING = 1 << 7;
  static final int COMPONENTS_V2 = 1 << 15;

  public final long id;
  public final FakeChannel channel;
  public final FakePerson author;
  final Instant created;
  @Nullable FakeInteraction interaction;
  @Nullable FakeMessage answered;
  @Nullable String nonce;
  private final Optional<FakePerson> onlyFor;
  private final List<Version> versions = new ArrayList<>();
  private boolean deleted;

  FakeMessage(
      FakeChannel channel, FakePerson author, Optional<FakePerson> onlyFor, Version version) {
    this.channel = channel;
    this.author = author;
    this.onlyFor = onlyFor;
    id = channel.world.ids.next();
    created = channel.world.now();
    versions.add(version);
    channel.world.messages.put(id, this);
  }

  /**
   * What a message holds at a time. Immutable.
   *
   * @param components Discord's JSON, with links in the place of references to files
   * @param pings who is called by it: {@code everyone}, {@code user 4}, {@code role 5}
   */
  public record Version(
      String content,
      ArrayNode embeds,
      ArrayNode components,
      List<FakeFile> files,
      int flags,
      List<String> pings) {
    static final Version THINKING =
        new Version("", Json.array(), Json.array(), List.of(), LOADING, List.of());

    Version withFlags(int other) {
      return new Version(content, embeds, components, files, other, pings);
    }
  }

  /** A button to be pressed, or a link. */
  public record Button(String label, String customId, String url, boolean disabled) {}

  /** A picture in a gallery. */
  public record GalleryItem(String url, String description, boolean spoiler) {}

  /** As it is now. */
  public Version version() {
    return channel.world.locked(versions::getLast);
  }

  /** As it was, the oldest first; the last is as it is now. */
  public List<Version> versions() {
    return channel.world.locked(() -> List.copyOf(versions));
  }

  public boolean isDeleted() {
    return channel.world.locked(() -> deleted);
  }

  /** Whether it still says "is thinking ...". */
  public boolean isLoading() {
    return (version().flags() & LOADING) != 0;
  }

  /** Who alone sees it. */
  public Optional<FakePerson> onlyFor() {
    return onlyFor;
  }

  public List<FakeFile> files() {
    return version().files();
  }

  /** All words in it, a line each: the content, then the text components. */
  public String text() {
    Version now = version();
    List<String> lines = new ArrayList<>();
    if (!now.content().isEmpty()) {
      lines.add(now.content());
    }
    now.embeds().forEach(embed -> lines.add(embed.path("description").asText()));
    ComponentTree.all(now.components())
        .filter(component -> component.path("type").asInt() == ComponentTree.TEXT)
        .forEach(component -> lines.add(component.path("content").asText()));
    return String.join("\n", lines);
  }

  public List<Button> buttons() {
    return ComponentTree.all(version().components())
        .filter(component -> component.path("type").asInt() == ComponentTree.BUTTON)
        .map(FakeMessage::button)
        .toList();
  }

  public List<GalleryItem> gallery() {
    return ComponentTree.all(version().components())
        .filter(component -> component.path("type").asInt() == ComponentTree.GALLERY)
        .flatMap(component -> component.path("items").valueStream())
        .map(item ->
            new GalleryItem(
                item.path("media").path("url").asText(),
                item.path("description").asText(),
                item.path("spoiler").asBoolean()))
        .toList();
  }

  /** Waits until it has been edited so that its words hold this. */
  public FakeMessage awaitText(String part) {
    channel.world.await("'" + part + "' in a message", () -> text().contains(part));
    return this;
  }

  /** Waits until it is gone. */
  public void awaitDeleted() {
    channel.world.await("the end of a message", () -> deleted);
  }

  /** Deleted by a moderator. */
  public void remove() {
    channel.world.locked(this::delete);
  }

  void change(Version version) {
    versions.add(version);
  }

  void delete() {
    deleted = true;
  }

  private static Button button(JsonNode json) {
    return new Button(
        json.path("label").asText(),
        json.path("custom_id").asText(),
        json.path("url").asText(),
        json.path("disabled").asBoolean());
  }

  ObjectNode json() {
    Version now = versions.getLast();
    ObjectNode json =
        Json.object()
            .put("id", Json.id(id))
            .put("type", interaction == null ? 0 : 20)
            .put("channel_id", Json.id(channel.id))
            .put("content", now.content())
            .put("timestamp", created.toString())
            .put("edited_timestamp", versions.size() > 1 ? channel.world.now().toString() : null)
            .put("tts", false)
            .put("mention_everyone", now.pings().contains("everyone"))
            .put("pinned", false)
            .put("flags", now.flags());
    json.set("author", author.json());
    json.putArray("mentions");
    json.putArray("mention_roles");
    json.set("embeds", now.embeds());
    json.set("components", now.components());
    json.set("attachments", Json.array(now.files().stream().map(FakeFile::json).toList()));
    if (nonce != null) {
      json.put("nonce", nonce);
    }
    if (interaction != null) {
      interaction.describe(json);
    }
    if (answered != null) {
      json.set("referenced_message", answered.json());
    }
    return json;
  }

  @Override
  public String toString() {
    return "message " + id + ": " + text();
  }
}
