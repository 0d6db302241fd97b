package dev.hyperbrush.store;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jdbi.v3.core.statement.StatementContext;

/** Finds people by what others call them. Thread-safe. */
public final class PersonLookup {
  private final Database database;

  public PersonLookup(Database database) {
    this.database = database;
  }

  /** Who a person is on each platform. */
  public List<KnownPerson> identities(long personId) {
    return database.read(handle ->
        handle
            .createQuery(
                """
                SELECT * FROM identity WHERE person_id = :person ORDER BY platform, platform_id\
                """)
            .bind("person", personId)
            .map(PersonLookup::known)
            .list());
  }

  public Optional<KnownPerson> byId(String platform, String platformId) {
    return database.read(handle ->
        handle
            .createQuery(
                """
                SELECT * FROM identity WHERE platform = :platform AND platform_id = :platformId\
                """)
            .bind("platform", platform)
            .bind("platformId", platformId)
            .map(PersonLookup::known)
            .findOne());
  }

  /** Those of a platform who are called so, letter case aside; names are not unique. */
  public List<KnownPerson> byName(String platform, String name, int limit) {
    return database.read(handle ->
        handle
            .createQuery(
                """
                SELECT * FROM identity
                WHERE platform = :platform AND LOWER(display_name) = :name
                ORDER BY platform_id LIMIT :limit\
                """)
            .bind("platform", platform)
            .bind("name", name.toLowerCase(Locale.ROOT))
            .bind("limit", limit)
            .map(PersonLookup::known)
            .list());
  }

  private static KnownPerson known(ResultSet row, StatementContext context) throws SQLException {
    return new KnownPerson(
        row.getLong("person_id"),
        row.getString("platform"),
        row.getString("platform_id"),
        row.getString("display_name"));
  }
}
