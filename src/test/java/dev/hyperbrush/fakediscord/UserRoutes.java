package dev.hyperbrush.fakediscord;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Optional;

/** Requests about people and about the bot itself. Called under the world's lock. */
final class UserRoutes {
  private final World world;
  private final FakeGateway gateway;

  UserRoutes(World world, FakeGateway gateway) {
    this.world = world;
    this.gateway = gateway;
  }

  List<Route> routes() {
    return List.of(
        Route.of("GET /users/@me", request -> Answer.ok(own())),
        Route.of("GET /users/{user}", request -> Answer.ok(person(request.id("user")).json())),
        Route.of("POST /users/@me/channels", this::openDirect),
        Route.of("GET /gateway", request -> Answer.ok(gatewayAddress())),
        Route.of("GET /gateway/bot", request -> Answer.ok(gatewayOfBot())),
        Route.of("GET /applications/@me", request -> Answer.ok(application())),
        Route.of("GET /oauth2/applications/@me", request -> Answer.ok(application())));
  }

  private ObjectNode own() {
    return world.bot.json().put("verified", true).put("mfa_enabled", true);
  }

  private FakePerson person(long id) {
    return Optional.ofNullable(world.people.get(id))
        .orElseThrow(() -> ApiError.unknown(10013, "User"));
  }

  private Answer openDirect(RestRequest request) {
    FakePerson person = person(request.object().path("recipient_id").asLong());
    return Answer.ok(FakeChannel.direct(world, person).json());
  }

  private ObjectNode gatewayAddress() {
    return Json.object().put("url", gateway.address());
  }

  private ObjectNode gatewayOfBot() {
    ObjectNode json = gatewayAddress().put("shards", gateway.recommendedShards());
    json.putObject("session_start_limit")
        .put("total", 1000)
        .put("remaining", 1000 - gateway.identifies())
        .put("reset_after", 86_400_000)
        .put("max_concurrency", 1);
    return json;
  }

  private ObjectNode application() {
    ObjectNode json =
        Json.object()
            .put("id", Json.id(world.bot.id))
            .put("name", "Hyperbrush")
            .put("description", "Draws.")
            .put("bot_public", true)
            .put("bot_require_code_grant", false)
            .put("verify_key", "00")
            .put("flags", 0)
            .put("summary", "");
    json.putNull("icon").putNull("team");
    json.set("owner", world.bot.json());
    json.putObject("integration_types_config").putObject("0");
    return json;
  }
}
