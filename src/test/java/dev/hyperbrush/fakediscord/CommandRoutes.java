package dev.hyperbrush.fakediscord;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Optional;

/** Requests that register commands. Called under the world's lock. */
final class CommandRoutes {
  private final World world;

  CommandRoutes(World world) {
    this.world = world;
  }

  List<Route> routes() {
    return List.of(
        Route.of("GET /applications/{application}/commands", this::list),
        Route.of("PUT /applications/{application}/commands", this::replace),
        Route.of("POST /applications/{application}/commands", this::add),
        Route.of("DELETE /applications/{application}/commands/{command}", this::delete));
  }

  private void own(RestRequest request) {
    if (request.id("application") != world.bot.id) {
      throw new ApiError(403, 20012, "You are not authorized to perform this action");
    }
  }

  private Answer list(RestRequest request) {
    own(request);
    return Answer.ok(all());
  }

  private ArrayNode all() {
    return Json.array(world.commands);
  }

  private Answer replace(RestRequest request) {
    own(request);
    new CommandRules().check(request.body());
    List<ObjectNode> before = List.copyOf(world.commands);
    world.commands.clear();
    for (JsonNode command : request.body()) {
      world.commands.add(registered((ObjectNode) command, before));
    }
    return Answer.ok(all());
  }

  private Answer add(RestRequest request) {
    own(request);
    ObjectNode command = registered(request.object(), world.commands);
    ArrayNode together = Json.array();
    world.commands.stream().filter(other -> !same(other, command)).forEach(together::add);
    new CommandRules().check(together.add(command));
    world.commands.removeIf(other -> same(other, command));
    world.commands.add(command);
    return Answer.ok(command);
  }

  private Answer delete(RestRequest request) {
    own(request);
    String id = request.text("command");
    if (!world.commands.removeIf(command -> command.path("id").asText().equals(id))) {
      throw ApiError.unknown(10063, "application command");
    }
    return Answer.nothing();
  }

  /** With a number, which stays for the same name. */
  private ObjectNode registered(ObjectNode command, List<ObjectNode> before) {
    Optional<ObjectNode> known = before.stream().filter(other -> same(other, command)).findFirst();
    ObjectNode json = command.deepCopy();
    json.put("id", known.map(old -> old.path("id").asText()).orElse(Json.id(world.ids.next())));
    json.put("application_id", Json.id(world.bot.id)).put("version", Json.id(world.ids.next()));
    json.put("type", command.path("type").asInt(1));
    if (!Json.has(json, "description")) {
      json.put("description", "");
    }
    if (!Json.has(json, "integration_types")) {
      json.putArray("integration_types").add(0);
    }
    if (!Json.has(json, "default_member_permissions")) {
      json.putNull("default_member_permissions");
    }
    return json;
  }

  private static boolean same(JsonNode one, JsonNode other) {
    return one.path("name").equals(other.path("name"))
        && one.path("type").asInt(1) == other.path("type").asInt(1);
  }
}
