package dev.hyperbrush.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;

/**
 * Holds every table to it that nothing of a person is left when they are forgotten, and nothing
 * lost when they are joined with another. The tables are those that the database has: a new one
 * with a column that names a person fails here until {@link PersonRows} knows it.
 */
@OnEachDatabase
final class PersonRowsTest {
  /** Names of columns that hold the number of a person. */
  private static final Pattern NAMES_PERSON =
      Pattern.compile("(?i)person|.*person_id|actor|author|owner|user_id|.*_by|moderator");

  /** Names of columns that hold where something is set: {@code person:12} among others. */
  private static final Pattern NAMES_SCOPE = Pattern.compile("scope|place");

  /** Columns that name no person, though they look like it: only servers have rules. */
  private static final Set<String> OTHERS =
      Set.of("delivery.claimed_by", "review.by_operator", "job.lease_owner", "content_rule.scope");

  /** What may say who made a preset. */
  private static final Set<String> CONTENTS =
      Set.of("preset.content", "change.content_before", "change.content_after");

  private record Column(String table, String name, String type, boolean needed) {
    boolean namesPerson() {
      return NAMES_PERSON.matcher(name).matches() && !OTHERS.contains(table + "." + name);
    }

    boolean isContent() {
      return CONTENTS.contains(table + "." + name);
    }

    boolean namesScope() {
      return NAMES_SCOPE.matcher(name).matches() && !OTHERS.contains(table + "." + name);
    }
  }

  @Parameter private TestDatabase kind;
  @TempDir private Path data;
  private Database database;
  private long anna;
  private long ben;

  @BeforeEach
  void open() {
    database = kind.open(data);
    PersonDao people = new PersonDao(database, InstantSource.system());
    database.write(handle -> {
      for (int i = 0; i < 700; i++) { // so that the numbers are rare ones
        handle.execute("INSERT INTO person (created_at) VALUES (CURRENT_TIMESTAMP)");
      }
      return 0;
    });
    anna = people.idOf("discord", "9001", "Anna");
    ben = people.idOf("discord", "9002", "Ben");
  }

  @AfterEach
  void close() {
    database.close();
  }

  @Test
  void nothingOfAForgottenPersonIsLeftInAnyTable() {
    fill(anna);
    fill(ben);
    Map<String, Long> bens = rowsOf(ben);
    assertThat(rowsOf(anna)).hasSizeGreaterThan(7).isEqualTo(bens);

    ErasureDao erasure = new ErasureDao(database, InstantSource.system());
    assertThat(erasure.finish(anna)).as("has jobs").isFalse();
    erasure.jobs(anna, 9).forEach(this::deleteJob);
    assertThat(erasure.finish(anna)).isTrue();

    assertThat(rowsOf(anna)).isEmpty();
    assertThat(rowsOf(ben)).isEqualTo(bens);
    assertThat(textsWith("Anna")).isEmpty();
    assertThat(erasure.unfinished()).containsExactly(ben);
    assertThat(erasure.finish(anna)).as("a second time").isTrue();
  }

  @Test
  void everythingOfAJoinedPersonIsTheOthers() {
    fill(anna);
    Map<String, Long> annas = rowsOf(anna);
    OneTimeCodeDao codes = new OneTimeCodeDao(database, InstantSource.system());
    codes.issue(ben, OneTimeCodeDao.Purpose.LINK, "CODE", Duration.ofMinutes(1));
    LinkDao links = new LinkDao(database, InstantSource.system());
    assertThat(links.join("CODE", anna))
        .as("not while somebody is being erased")
        .isEqualTo(LinkDao.Outcome.UNKNOWN);
    database.write(handle -> handle.execute("DELETE FROM erasure"));

    assertThat(links.join("CODE", anna)).isEqualTo(LinkDao.Outcome.JOINED);

    assertThat(rowsOf(anna)).isEmpty();
    annas.remove("erasure.person_id");
    annas.keySet().removeIf(column -> column.startsWith("person."));
    assertThat(rowsOf(ben)).containsKeys(annas.keySet().toArray(String[]::new));
  }

  @Test
  void whereBothHaveTheSameThingThatOfTheOtherStays() {
    fill(anna);
    fill(ben);
    database.write(handle -> handle.execute("DELETE FROM erasure"));
    OneTimeCodeDao codes = new OneTimeCodeDao(database, InstantSource.system());
    codes.issue(ben, OneTimeCodeDao.Purpose.LINK, "CODE", Duration.ofMinutes(1));

    assertThat(new LinkDao(database, InstantSource.system()).join("CODE", anna))
        .isEqualTo(LinkDao.Outcome.JOINED);

    assertThat(rowsOf(anna)).isEmpty();
  }

  @Test
  void whatBothHaveUsedOfADayIsUsedTogether() {
    assertThat(useAfterJoin("2026-03-02", 5, "2026-03-02", 7)).containsExactly("2026-03-02", 12L);
    assertThat(useAfterJoin("2026-03-02", 5, "2026-03-03", 7)).containsExactly("2026-03-03", 7L);
    assertThat(useAfterJoin("2026-03-04", 5, "2026-03-03", 7)).containsExactly("2026-03-04", 5L);
  }

  /** The day and what was used of it. */
  private List<Object> useAfterJoin(String day, long spent, String otherDay, long otherSpent) {
    PersonDao people = new PersonDao(database, InstantSource.system());
    long other = people.idOf("telegram", "1", "other");
    database.write(handle -> {
      handle.execute("DELETE FROM person_use");
      handle.execute(
          "INSERT INTO person_use (person_id, unfinished, spent, quota_day) VALUES "
              + "(%d, 1, %d, DATE '%s'), (%d, 2, %d, DATE '%s')"
                  .formatted(anna, spent, day, other, otherSpent, otherDay));
      return 0;
    });
    OneTimeCodeDao codes = new OneTimeCodeDao(database, InstantSource.system());
    codes.issue(anna, OneTimeCodeDao.Purpose.LINK, day + otherDay, Duration.ofMinutes(1));
    assertThat(new LinkDao(database, InstantSource.system()).join(day + otherDay, other))
        .isEqualTo(LinkDao.Outcome.JOINED);
    new LinkDao(database, InstantSource.system())
        .part(anna, new PersonLookup(database).byId("telegram", "1").orElseThrow());
    return database.read(handle ->
        handle
            .createQuery("SELECT quota_day, spent, unfinished FROM person_use WHERE person_id = :p")
            .bind("p", anna)
            .map((row, _) -> {
              assertThat(row.getInt("unfinished")).isEqualTo(3);
              return List.<Object>of(row.getString("quota_day"), row.getLong("spent"));
            })
            .one());
  }

  @Test
  void aPartedIdentityTakesWhatWasAskedForThereAndLeavesTheRest() {
    OneTimeCodeDao codes = new OneTimeCodeDao(database, InstantSource.system());
    codes.issue(anna, OneTimeCodeDao.Purpose.LINK, "CODE", Duration.ofMinutes(1));
    PersonDao people = new PersonDao(database, InstantSource.system());
    long there = people.idOf("telegram", "9003", "Anna T.");
    LinkDao links = new LinkDao(database, InstantSource.system());
    assertThat(links.join("CODE", there)).isEqualTo(LinkDao.Outcome.JOINED);
    fill(anna);
    database.write(handle -> handle.execute("UPDATE job SET platform = 'telegram'"));
    PersonLookup lookup = new PersonLookup(database);
    KnownPerson telegram = lookup.identities(anna).getLast();

    assertThat(links.part(ben, telegram)).as("somebody else's").isEmpty();
    assertThat(links.part(anna, telegram)).contains(1);

    long apart = people.idOf("telegram", "9003", "Anna T.");
    assertThat(apart).isNotIn(anna, there);
    assertThat(rowsOf(apart)).containsKeys("job.person_id", "fair_share.person_id");
    assertThat(rowsOf(anna))
        .containsKeys("scope_setting.scope", "preset.scope", "fair_share.person_id")
        .doesNotContainKey("job.person_id");
    assertThat(links.part(anna, lookup.identities(anna).getFirst())).as("the last").isEmpty();
  }

  /** One row of the person in every table that has a column for people. */
  private void fill(long person) {
    Map<String, List<Column>> tables = byTable();
    long job = database.write(handle -> insert(handle, tables, "job", person, 0));
    tables.forEach((table, columns) -> {
      boolean known = Set.of("person", "identity", "job").contains(table);
      boolean ofPeople = columns.stream().anyMatch(c -> c.namesPerson() || c.namesScope());
      if (ofPeople && !known) {
        database.write(handle -> insert(handle, tables, table, person, job));
      }
    });
  }

  private static long insert(
      Handle handle, Map<String, List<Column>> tables, String table, long person, long job) {
    List<Column> columns =
        tables.getOrDefault(table, List.of()).stream()
            .filter(c -> c.needed() || c.namesPerson() || c.namesScope() || c.isContent())
            .toList();
    String names = columns.stream().map(Column::name).collect(Collectors.joining(", "));
    String values =
        columns.stream().map(c -> value(c, person, job)).collect(Collectors.joining(", "));
    handle.execute("INSERT INTO " + table + " (" + names + ") VALUES (" + values + ")");
    return table.equals("job")
        ? handle.createQuery("SELECT MAX(id) FROM job").mapTo(Long.class).one()
        : 0;
  }

  private static String value(Column column, long person, long job) {
    String type = column.type().toLowerCase(Locale.ROOT);
    if (column.namesPerson() && type.equals("bigint")) {
      return String.valueOf(person);
    }
    if (column.namesScope()) {
      return "'person:" + person + "'";
    }
    if (column.isContent()) {
      return "'{\"name\":\"x\",\"author\":\"" + person + "\"}'";
    }
    if (column.name().equals("entity")) {
      return "'person:" + person + " x'";
    }
    if (column.name().equals("job_id")) {
      return String.valueOf(column.table().equals("deleted_job") ? job + 1_000_000 : job);
    }
    if (type.contains("char")) {
      return column.name().endsWith("_hash") ? "'hash" + person + "'" : "'BAN'";
    }
    if (type.contains("timestamp")) {
      return "CURRENT_TIMESTAMP";
    }
    return switch (type) {
      case "date" -> "CURRENT_DATE";
      case "boolean" -> "FALSE";
      default -> "1";
    };
  }

  /** How many rows name the person, by column; whatever the column is called. */
  private Map<String, Long> rowsOf(long person) {
    Map<String, Long> found = new LinkedHashMap<>();
    for (Column column : columns()) {
      String type = column.type().toLowerCase(Locale.ROOT);
      String condition;
      if (type.equals("bigint")) {
        condition = column.name() + " = " + person;
      } else if (type.contains("char")) {
        condition =
            "%1$s LIKE '%%person:%2$d%%' OR %1$s LIKE '%%\"author\":\"%2$d\"%%'"
                .formatted(column.name(), person);
      } else {
        continue;
      }
      long count =
          database.read(handle ->
              handle
                  .createQuery("SELECT COUNT(*) FROM " + column.table() + " WHERE " + condition)
                  .mapTo(Long.class)
                  .one());
      if (count > 0) {
        found.put(column.table() + "." + column.name(), count);
      }
    }
    return found;
  }

  private Set<String> textsWith(String word) {
    Set<String> found = new TreeSet<>();
    for (Column column : columns()) {
      if (!column.type().toLowerCase(Locale.ROOT).contains("char")) {
        continue;
      }
      boolean there =
          database.read(handle ->
              handle
                      .createQuery(
                          "SELECT COUNT(*) FROM %s WHERE %s LIKE '%%%s%%'"
                              .formatted(column.table(), column.name(), word))
                      .mapTo(Long.class)
                      .one()
                  > 0);
      if (there) {
        found.add(column.table() + "." + column.name());
      }
    }
    return found;
  }

  private void deleteJob(long id) {
    new JobDao(database).delete(id, Instant.now());
  }

  private Map<String, List<Column>> byTable() {
    return columns().stream()
        .collect(Collectors.groupingBy(Column::table, LinkedHashMap::new, Collectors.toList()));
  }

  private List<Column> columns() {
    return database.read(handle ->
        new ArrayList<>(
            handle
                .createQuery(
                    """
                    SELECT table_name, column_name, data_type,
                      CASE WHEN is_nullable = 'NO' AND column_default IS NULL
                        AND is_identity = 'NO' THEN TRUE ELSE FALSE END AS needed
                    FROM information_schema.columns
                    WHERE table_schema = 'public' AND table_name <> 'flyway_schema_history'
                    ORDER BY table_name, ordinal_position\
                    """)
                .map((row, _) ->
                    new Column(
                        row.getString("table_name"),
                        row.getString("column_name"),
                        row.getString("data_type"),
                        row.getBoolean("needed")))
                .list()));
  }
}
