package dev.hyperbrush.fakediscord;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.Serial;
import java.util.Optional;

/** A refusal, as Discord words it. Immutable. */
final class ApiError extends RuntimeException {
  @Serial private static final long serialVersionUID = 1;

  final int status;
  final int code;
  private final transient Optional<ObjectNode> errors;

  ApiError(int status, int code, String message) {
    this(status, code, message, Optional.empty());
  }

  ApiError(int status, int code, String message, Optional<ObjectNode> errors) {
    super(message);
    this.status = status;
    this.code = code;
    this.errors = errors;
  }

  static ApiError unauthorized() {
    return new ApiError(401, 0, "401: Unauthorized");
  }

  static ApiError notFound() {
    return new ApiError(404, 0, "404: Not Found");
  }

  static ApiError unknown(int code, String what) {
    return new ApiError(404, code, "Unknown " + what);
  }

  static ApiError missingAccess() {
    return new ApiError(403, 50001, "Missing Access");
  }

  static ApiError missingPermissions() {
    return new ApiError(403, 50013, "Missing Permissions");
  }

  ObjectNode body() {
    ObjectNode body = Json.object().put("message", getMessage()).put("code", code);
    errors.ifPresent(tree -> body.set("errors", tree));
    return body;
  }
}
