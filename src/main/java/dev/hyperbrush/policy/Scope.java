package dev.hyperbrush.policy;

import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * One place that settings come from. Immutable.
 *
 * <p>Channels and roles are named within their server, as the platform said it: a moderator who
 * names a channel of another server names one that does not exist.
 *
 * @param parts ids from the widest to the narrowest, for example platform, server, channel
 */
public record Scope(ScopeKind kind, List<String> parts) {
  public static final Scope MODEL = of(ScopeKind.MODEL);
  public static final Scope OPERATOR = of(ScopeKind.OPERATOR);
  public static final Scope EVERYWHERE = of(ScopeKind.EVERYWHERE);
  public static final Scope COMMAND = of(ScopeKind.COMMAND);

  public Scope {
    parts = List.copyOf(parts);
  }

  public static Scope server(String platform, String server) {
    return of(ScopeKind.SERVER, platform, server);
  }

  /** A channel of a server; of none where that is empty. */
  public static Scope channel(String platform, String server, String channel) {
    return of(ScopeKind.CHANNEL, platform, server, channel);
  }

  public static Scope role(String platform, String server, String role) {
    return of(ScopeKind.ROLE, platform, server, role);
  }

  public static Scope person(long id) {
    return of(ScopeKind.PERSON, String.valueOf(id));
  }

  public static Scope preset(String name) {
    return of(ScopeKind.PRESET, name);
  }

  private static Scope of(ScopeKind kind, String... parts) {
    return new Scope(kind, List.of(parts));
  }

  /** Those that decide in a situation and can be set in chat, from the widest to the narrowest. */
  static List<Scope> around(Situation situation) {
    String platform = situation.origin().platform();
    Optional<String> server = situation.origin().server();
    List<Scope> scopes = new ArrayList<>(List.of(EVERYWHERE));
    server.ifPresent(id -> scopes.add(server(platform, id)));
    scopes.add(channel(platform, server.orElse(""), situation.origin().channel()));
    server.ifPresent(id ->
        situation.roles().stream()
            .sorted()
            .map(role -> role(platform, id, role))
            .forEach(scopes::add));
    scopes.add(person(situation.personId()));
    return scopes;
  }

  /** The server of a channel or a role; any other scope itself. */
  public Scope around() {
    boolean within = kind == ScopeKind.CHANNEL || kind == ScopeKind.ROLE;
    return within ? server(parts.get(0), parts.get(1)) : this;
  }

  /** The narrowest id; empty where there is only one of the kind. */
  public String id() {
    return parts.isEmpty() ? "" : parts.getLast();
  }

  /** As it is stored, without spaces: {@code channel:discord/12/34}. */
  public String text() {
    String name = kind.name().toLowerCase(Locale.ROOT);
    return parts.isEmpty()
        ? name
        : name + ":" + parts.stream().map(Scope::plain).collect(Collectors.joining("/"));
  }

  /** The scope that {@link #text} wrote. */
  public static Optional<Scope> parse(String text) {
    int colon = text.indexOf(':');
    String name = (colon < 0 ? text : text.substring(0, colon)).toUpperCase(Locale.ROOT);
    List<String> parts = colon < 0 ? List.of() : List.of(text.substring(colon + 1).split("/", -1));
    return Arrays.stream(ScopeKind.values())
        .filter(kind -> kind.name().equals(name))
        .findFirst()
        .map(kind -> new Scope(kind, parts.stream().map(Scope::meant).toList()));
  }

  private static String plain(String part) {
    return URLEncoder.encode(part, StandardCharsets.UTF_8);
  }

  private static String meant(String part) {
    return URLDecoder.decode(part, StandardCharsets.UTF_8);
  }
}
