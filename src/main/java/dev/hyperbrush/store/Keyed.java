package dev.hyperbrush.store;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.SqlStatement;

/**
 * A table of named contents in scopes, each of which is changed by itself. Thread-safe. The key of
 * one is its scope and its name with a space between, so neither may have a space.
 */
public final class Keyed implements Undoable {
  private final Database database;
  private final String kind;
  private final String table;

  private Keyed(Database database, String kind, String table) {
    this.database = database;
    this.kind = kind;
    this.table = table;
  }

  public static Keyed settings(Database database) {
    return new Keyed(database, "setting", "scope_setting");
  }

  public static Keyed presets(Database database) {
    return new Keyed(database, "preset", "preset");
  }

  public static Keyed rules(Database database) {
    return new Keyed(database, "rule", "content_rule");
  }

  /**
   * One of them.
   *
   * @param id for buttons; another one when it was removed and put back
   */
  public record Row(long id, String scope, String name, String content) {}

  public static String key(String scope, String name) {
    if (scope.indexOf(' ') >= 0 || name.indexOf(' ') >= 0) {
      throw new IllegalArgumentException("a space in “" + scope + "” or “" + name + "”");
    }
    return scope + " " + name;
  }

  /** All of a scope, by name. */
  public List<Row> of(String scope) {
    return database.read(handle ->
        handle
            .createQuery("SELECT * FROM " + table + " WHERE scope = :scope ORDER BY name")
            .bind("scope", scope)
            .map((row, _) -> row(row))
            .list());
  }

  public Optional<Row> find(String scope, String name) {
    return database.read(handle ->
        handle
            .createQuery("SELECT * FROM " + table + " WHERE scope = :scope AND name = :name")
            .bind("scope", scope)
            .bind("name", name)
            .map((row, _) -> row(row))
            .findOne());
  }

  public Optional<Row> find(long id) {
    return database.read(handle ->
        handle
            .createQuery("SELECT * FROM " + table + " WHERE id = :id")
            .bind("id", id)
            .map((row, _) -> row(row))
            .findOne());
  }

  private static Row row(ResultSet row) throws SQLException {
    return new Row(
        row.getLong("id"), row.getString("scope"), row.getString("name"), row.getString("content"));
  }

  @Override
  public String kind() {
    return kind;
  }

  @Override
  public Optional<String> current(Handle handle, String key) {
    String sql = "SELECT content FROM " + table + " WHERE scope = :scope AND name = :name";
    return named(handle.createQuery(sql), key).mapTo(String.class).findOne();
  }

  @Override
  public boolean replace(
      Handle handle, String key, Optional<String> expected, Optional<String> content) {
    if (expected.isEmpty()) {
      return content.isEmpty()
          ? current(handle, key).isEmpty()
          : insert(handle, key, content.get());
    }
    return content.isEmpty()
        ? delete(handle, key, expected.get())
        : update(handle, key, expected.get(), content.get());
  }

  private boolean insert(Handle handle, String key, String content) {
    String sql =
        "INSERT INTO "
            + table
            + " (scope, name, content) VALUES (:scope, :name, :content) ON CONFLICT DO NOTHING";
    return named(handle.createUpdate(sql), key).bind("content", content).execute() == 1;
  }

  private boolean update(Handle handle, String key, String expected, String content) {
    String sql =
        "UPDATE "
            + table
            + " SET content = :content"
            + " WHERE scope = :scope AND name = :name AND content = :expected";
    return named(handle.createUpdate(sql), key)
            .bind("content", content)
            .bind("expected", expected)
            .execute()
        == 1;
  }

  private boolean delete(Handle handle, String key, String expected) {
    String sql =
        "DELETE FROM " + table + " WHERE scope = :scope AND name = :name AND content = :expected";
    return named(handle.createUpdate(sql), key).bind("expected", expected).execute() == 1;
  }

  private static <S extends SqlStatement<S>> S named(S statement, String key) {
    int space = key.indexOf(' ');
    return statement.bind("scope", key.substring(0, space)).bind("name", key.substring(space + 1));
  }
}
