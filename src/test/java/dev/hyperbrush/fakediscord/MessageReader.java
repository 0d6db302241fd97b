package dev.hyperbrush.fakediscord;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads a message that the bot sends, within Discord's limits. Used by one thread. */
final class MessageReader {
  private static final long MOST_IN_ALL = 25L << 20;
  private static final int SUPPRESS_EMBEDS = 1 << 2;
  private static final int SUPPRESS_NOTIFICATIONS = 1 << 12;
  private static final int FLAGS =
      SUPPRESS_EMBEDS | SUPPRESS_NOTIFICATIONS | FakeMessage.EPHEMERAL | FakeMessage.COMPONENTS_V2;
  private static final Set<String> FIELDS =
      Set.of(
          "content",
          "embeds",
          "components",
          "attachments",
          "flags",
          "allowed_mentions",
          "nonce",
          "enforce_nonce",
          "tts",
          "message_reference",
          "sticker_ids",
          "poll",
          "username",
          "avatar_url",
          "thread_name");

  private final FakeChannel channel;
  private final World world;
  private final RestRequest request;
  private final ObjectNode payload;
  private final int fileLimit;
  private final Problems problems = new Problems();

  /**
   * @param payload where the message is in the request
   * @param fileLimit bytes of one file
   */
  MessageReader(FakeChannel channel, RestRequest request, ObjectNode payload, int fileLimit) {
    this.channel = channel;
    world = channel.world;
    this.request = request;
    this.payload = payload;
    this.fileLimit = fileLimit;
  }

  FakeMessage.Version create() {
    return read(null);
  }

  FakeMessage.Version edit(FakeMessage.Version before) {
    return read(before);
  }

  private FakeMessage.Version read(FakeMessage.@Nullable Version before) {
    checkSizes();
    payload.fieldNames().forEachRemaining(this::checkField);
    nonce();
    int flags = flags(before);
    problems.optionalText(payload, "content", "", 0, 2000);
    String content = taken("content") ? payload.path("content").asText("") : old(before).content();
    if (payload.path("content").isNull()) {
      content = "";
    }
    ArrayNode embeds = array("embeds", old(before).embeds());
    new EmbedRules(problems).check(embeds);
    List<FakeFile> files = files(before);
    ArrayNode components = array("components", old(before).components()).deepCopy();
    checkComponents(components, flags, content, embeds);
    resolve(components, files);
    Mentions mentions = new Mentions(payload.path("allowed_mentions"), problems);
    problems.throwIfAny();
    if (content.isEmpty() && embeds.isEmpty() && components.isEmpty() && files.isEmpty()) {
      throw new ApiError(400, 50006, "Cannot send an empty message");
    }
    checkShown(components, files, flags);
    return new FakeMessage.Version(
        content, embeds, components, files, flags, mentions.pings(content, components));
  }

  private static FakeMessage.Version old(FakeMessage.@Nullable Version before) {
    return before == null
        ? new FakeMessage.Version("", Json.array(), Json.array(), List.of(), 0, List.of())
        : before;
  }

  private void checkField(String field) {
    if (!FIELDS.contains(field)) {
      world.violation("a message with the unknown field " + field);
    }
  }

  private void checkSizes() {
    boolean tooLarge = request.files().stream().anyMatch(file -> file.bytes().length > fileLimit);
    if (tooLarge || request.size() > MOST_IN_ALL) {
      throw new ApiError(413, 40005, "Request entity too large");
    }
    if (request.files().size() > 10) {
      problems.invalid("attachments", "more than 10 files");
    }
  }

  private boolean taken(String field) {
    return Json.has(payload, field);
  }

  private ArrayNode array(String field, ArrayNode before) {
    if (payload.path(field).isNull()) {
      return Json.array();
    }
    return payload.path(field) instanceof ArrayNode array ? array : before;
  }

  private void nonce() {
    JsonNode nonce = payload.path("nonce");
    if (taken("nonce") && nonce.asText().length() > 25) {
      problems.length("nonce", nonce.asText(), 0, 25);
    }
  }

  private int flags(FakeMessage.@Nullable Version before) {
    int flags = payload.path("flags").asInt(0);
    if ((flags & ~FLAGS) != 0) {
      problems.invalid("flags", "flags " + flags);
    }
    if (before == null) {
      return flags;
    }
    int kept = before.flags() & (FakeMessage.EPHEMERAL | FakeMessage.COMPONENTS_V2);
    return kept | (flags & (FakeMessage.COMPONENTS_V2 | SUPPRESS_EMBEDS));
  }

  private void checkComponents(ArrayNode components, int flags, String content, ArrayNode embeds) {
    ComponentRules rules = new ComponentRules(problems);
    if ((flags & FakeMessage.COMPONENTS_V2) == 0) {
      rules.checkRows(components);
      return;
    }
    rules.checkTree(components);
    if (!content.isEmpty()) {
      legacy("content");
    }
    if (!embeds.isEmpty()) {
      legacy("embeds");
    }
  }

  private void legacy(String field) {
    problems.add(
        field,
        "MESSAGE_CANNOT_USE_LEGACY_FIELDS_WITH_COMPONENTS_V2",
        "The '" + field + "' field cannot be used when using MessageFlags.IS_COMPONENTS_V2");
  }

  /** What is uploaded, and of the old files those that are listed, or all if there is no list. */
  private List<FakeFile> files(FakeMessage.@Nullable Version before) {
    List<FakeFile> files = new ArrayList<>();
    JsonNode listed = payload.path("attachments");
    for (FakeFile file : old(before).files()) {
      Optional<JsonNode> entry = entry(listed, Json.id(file.id()));
      if (!listed.isArray() || entry.isPresent()) {
        files.add(file);
      }
    }
    List<String> known = new ArrayList<>(files.stream().map(file -> Json.id(file.id())).toList());
    for (RestRequest.Upload upload : request.files()) {
      Optional<JsonNode> entry = entry(listed, upload.index());
      entry.ifPresent(json -> problems.optionalText(json, "description", "attachments", 0, 1024));
      String description = entry.map(json -> json.path("description").asText(null)).orElse(null);
      files.add(
          Files.store(
              world, channel, FakeFile.of(upload.name(), upload.bytes()).described(description)));
      known.add(upload.index());
    }
    listed.forEach(json -> checkListed(json, known));
    if (files.size() > 10) {
      problems.invalid("attachments", "more than 10 files");
    }
    return List.copyOf(files);
  }

  private void checkListed(JsonNode entry, List<String> known) {
    if (!known.contains(entry.path("id").asText())) {
      problems.invalid("attachments", "no file " + entry.path("id"));
    }
  }

  private static Optional<JsonNode> entry(JsonNode listed, String id) {
    return listed.valueStream().filter(json -> json.path("id").asText().equals(id)).findFirst();
  }

  /** Puts links into the places of references to files. */
  private void resolve(ArrayNode components, List<FakeFile> files) {
    for (ObjectNode media : ComponentTree.media(components)) {
      String url = media.path("url").asText();
      if (url.startsWith("attachment://")) {
        String name = url.substring("attachment://".length());
        files.stream()
            .filter(file -> file.name().equals(name))
            .findFirst()
            .ifPresentOrElse(
                file -> link(media, file),
                () ->
                    problems.add(
                        "components",
                        "UNFURLED_MEDIA_ITEM_REFERENCED_ATTACHMENT_NOT_FOUND",
                        "The referenced attachment was not found: " + name));
      }
    }
    int[] next = {1};
    ComponentTree.all(components)
        .filter(component -> component.path("id").asInt(0) == 0)
        .forEach(component -> ((ObjectNode) component).put("id", 1000 + next[0]++));
  }

  private static void link(ObjectNode media, FakeFile file) {
    media
        .put("url", file.url())
        .put("proxy_url", file.url())
        .put("content_type", file.type())
        .put("attachment_id", Json.id(file.id()));
  }

  /** A file that no component shows is there, but nobody sees it. */
  private void checkShown(ArrayNode components, List<FakeFile> files, int flags) {
    if ((flags & FakeMessage.COMPONENTS_V2) == 0) {
      return;
    }
    List<String> shown =
        ComponentTree.media(components).stream().map(media -> media.path("url").asText()).toList();
    files.stream()
        .filter(file -> !shown.contains(file.url()))
        .forEach(file -> world.violation("no component shows the file " + file.name()));
  }
}
