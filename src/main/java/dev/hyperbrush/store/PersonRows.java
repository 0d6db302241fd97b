package dev.hyperbrush.store;

import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.SqlStatement;

/**
 * All rows that belong to a person, and what becomes of them when the person goes. Every table with
 * a column that names a person has its line in both lists; a test holds every table to it.
 * Immutable.
 */
final class PersonRows {
  /** Stands for somebody whom we have forgotten, where a row has to name somebody. */
  static final long NOBODY = 0;

  /**
   * What moderators did stays, and so do bans, which hold for the identities they name; neither
   * names the person any more.
   */
  private static final List<String> ERASE =
      List.of(
          "DELETE FROM history_page WHERE person_id = :person",
          "DELETE FROM one_time_code WHERE person_id = :person",
          "DELETE FROM wrong_code WHERE person_id = :person",
          "DELETE FROM deleted_job WHERE person_id = :person",
          "DELETE FROM moderator_seen WHERE person_id = :person",
          "DELETE FROM report WHERE person_id = :person",
          "DELETE FROM scope_setting WHERE scope = :scope",
          "DELETE FROM preset WHERE scope = :scope",
          "DELETE FROM change WHERE place = :scope",
          "UPDATE change SET person_id = 0 WHERE person_id = :person",
          """
          UPDATE ban SET person_id = 0, person_name = '–' WHERE person_id = :person\
          """,
          "UPDATE ban SET created_by = 0 WHERE created_by = :person",
          "UPDATE audit SET actor = 0, actor_name = '–' WHERE actor = :person",
          """
          UPDATE audit SET person_id = 0,
            subject = CASE WHEN action IN ('BAN', 'UNBAN', 'TIMEOUT') THEN '–' ELSE subject END
          WHERE person_id = :person\
          """,
          "DELETE FROM fair_share WHERE person_id = :person",
          "DELETE FROM person_use WHERE person_id = :person",
          "DELETE FROM job WHERE person_id = :person",
          "DELETE FROM identity WHERE person_id = :person",
          "DELETE FROM erasure WHERE person_id = :person",
          "DELETE FROM person WHERE id = :person");

  /** Where both have something that can be there once, that of the one who stays wins. */
  private static final List<String> JOIN =
      List.of(
          "UPDATE history_page SET person_id = :to WHERE person_id = :from",
          "UPDATE one_time_code SET person_id = :to WHERE person_id = :from",
          "UPDATE wrong_code SET person_id = :to WHERE person_id = :from",
          "UPDATE deleted_job SET person_id = :to WHERE person_id = :from",
          """
          UPDATE moderator_seen SET person_id = :to WHERE person_id = :from AND NOT EXISTS (
            SELECT 1 FROM moderator_seen there WHERE there.person_id = :to
              AND there.platform = moderator_seen.platform
              AND there.server = moderator_seen.server)\
          """,
          "DELETE FROM moderator_seen WHERE person_id = :from",
          """
          UPDATE report SET person_id = :to WHERE person_id = :from AND NOT EXISTS (
            SELECT 1 FROM report there
            WHERE there.person_id = :to AND there.job_id = report.job_id)\
          """,
          "DELETE FROM report WHERE person_id = :from",
          """
          UPDATE scope_setting SET scope = :toScope WHERE scope = :fromScope
            AND name NOT IN (SELECT name FROM scope_setting WHERE scope = :toScope)\
          """,
          "DELETE FROM scope_setting WHERE scope = :fromScope",
          "UPDATE preset SET scope = :toScope WHERE scope = :fromScope",
          """
          UPDATE change SET entity = REPLACE(entity, :fromScope || ' ', :toScope || ' ')
          WHERE place = :fromScope\
          """,
          "UPDATE change SET place = :toScope WHERE place = :fromScope",
          "UPDATE change SET person_id = :to WHERE person_id = :from",
          "UPDATE ban SET person_id = :to WHERE person_id = :from",
          "UPDATE ban SET created_by = :to WHERE created_by = :from",
          "UPDATE audit SET actor = :to WHERE actor = :from",
          "UPDATE audit SET person_id = :to WHERE person_id = :from",
          """
          UPDATE fair_share SET finish_tag = (
            SELECT MAX(finish_tag) FROM fair_share WHERE person_id IN (:from, :to))
          WHERE person_id = :to\
          """,
          """
          UPDATE fair_share SET person_id = :to WHERE person_id = :from
            AND NOT EXISTS (SELECT 1 FROM fair_share WHERE person_id = :to)\
          """,
          "DELETE FROM fair_share WHERE person_id = :from",
          """
          UPDATE person_use SET unfinished = unfinished + COALESCE((
              SELECT unfinished FROM person_use WHERE person_id = :from), 0),
            spent = CASE WHEN quota_day < (SELECT quota_day FROM person_use WHERE person_id = :from)
                THEN 0 ELSE spent END
              + COALESCE((SELECT mine.spent FROM person_use mine
                WHERE mine.person_id = :from AND mine.quota_day >= person_use.quota_day), 0),
            quota_day = (SELECT MAX(quota_day) FROM person_use WHERE person_id IN (:from, :to))
          WHERE person_id = :to\
          """,
          """
          UPDATE person_use SET person_id = :to WHERE person_id = :from
            AND NOT EXISTS (SELECT 1 FROM person_use WHERE person_id = :to)\
          """,
          "DELETE FROM person_use WHERE person_id = :from",
          "UPDATE job SET person_id = :to WHERE person_id = :from",
          "UPDATE identity SET person_id = :to WHERE person_id = :from",
          "DELETE FROM erasure WHERE person_id = :from",
          """
          UPDATE person SET language = (SELECT language FROM person WHERE id = :from)
          WHERE id = :to AND language IS NULL\
          """,
          "DELETE FROM person WHERE id = :from");

  /** A share of the work that was used up is used up for both. */
  private static final List<String> PART =
      List.of(
          """
          INSERT INTO fair_share (person_id, finish_tag)
          SELECT :to, finish_tag FROM fair_share WHERE person_id = :from\
          """,
          """
          INSERT INTO person_use (person_id, unfinished, spent, quota_day)
          SELECT :to, unfinished, spent, quota_day FROM person_use WHERE person_id = :from\
          """,
          """
          UPDATE deleted_job SET person_id = :to WHERE person_id = :from AND platform = :platform\
          """,
          """
          UPDATE moderator_seen SET person_id = :to
          WHERE person_id = :from AND platform = :platform\
          """,
          "UPDATE report SET person_id = :to WHERE person_id = :from AND platform = :platform");

  private static final String PART_JOBS =
      "UPDATE job SET person_id = :to WHERE person_id = :from AND platform = :platform";

  /** What a person is handed beside their jobs, by the name of it. */
  static final Map<String, String> EXPORT =
      new TreeMap<>(
          Map.of(
              "person",
              "SELECT created_at, language FROM person WHERE id = :person",
              "identities",
              """
              SELECT platform, platform_id, display_name, seen_language FROM identity
              WHERE person_id = :person ORDER BY platform, platform_id\
              """,
              "presets",
              "SELECT name, content FROM preset WHERE scope = :scope ORDER BY name",
              "defaults",
              "SELECT name, content FROM scope_setting WHERE scope = :scope ORDER BY name",
              "changes",
              """
              SELECT changed_at, kind, entity, content_before, content_after FROM change
              WHERE person_id = :person ORDER BY id\
              """,
              "deleted",
              """
              SELECT job_id, platform, channel, server, deleted_at FROM deleted_job
              WHERE person_id = :person ORDER BY job_id\
              """,
              "searches",
              """
              SELECT line, created_at FROM history_page
              WHERE person_id = :person ORDER BY id\
              """,
              "reports",
              """
              SELECT job_id, platform, server, words, created_at FROM report
              WHERE person_id = :person ORDER BY job_id\
              """,
              "bans",
              """
              SELECT platform, server, kind, reason, created_at, ends_at, lifted_at FROM ban
              WHERE person_id = :person ORDER BY id\
              """));

  /** Where shared presets say who made them, in {@code preset} and in what was changed of them. */
  private static final List<String> AUTHORS =
      List.of(
          """
          UPDATE preset SET content = REPLACE(content, :was, :is) WHERE content LIKE :has\
          """,
          """
          UPDATE change SET content_before = REPLACE(content_before, :was, :is)
          WHERE content_before LIKE :has\
          """,
          """
          UPDATE change SET content_after = REPLACE(content_after, :was, :is)
          WHERE content_after LIKE :has\
          """);

  /** Forgets a person. */
  static void erase(Handle handle, long person) {
    setAuthor(handle, person, NOBODY);
    for (String sql : ERASE) {
      bound(handle.createUpdate(sql), person).execute();
    }
  }

  /** Binds what a statement about one person may ask for. */
  static <S extends SqlStatement<S>> S bound(S statement, long person) {
    return statement.bind("person", person).bind("scope", scope(person));
  }

  /** Gives everything of one person to another; the first is no more. */
  static void join(Handle handle, long from, long to) {
    setAuthor(handle, from, to);
    renamePresets(handle, from, to);
    for (String sql : JOIN) {
      handle
          .createUpdate(sql)
          .bind("from", from)
          .bind("to", to)
          .bind("fromScope", scope(from))
          .bind("toScope", scope(to))
          .execute();
    }
  }

  private static String scope(long person) {
    return "person:" + person;
  }

  private static void setAuthor(Handle handle, long from, long to) {
    for (String sql : AUTHORS) {
      handle
          .createUpdate(sql)
          .bind("was", author(from))
          .bind("is", author(to))
          .bind("has", "%" + author(from) + "%")
          .execute();
    }
  }

  private static String author(long person) {
    return "\"author\":\"" + person + "\"";
  }

  /** Of two presets with one name, the one that comes gets a number behind it. */
  private static void renamePresets(Handle handle, long from, long to) {
    Set<String> taken = new HashSet<>(presetNames(handle, to));
    for (String name : presetNames(handle, from)) {
      String free = name;
      for (int number = 2; !taken.add(free); number++) {
        free = name + "-" + number;
      }
      if (!free.equals(name)) {
        renamePreset(handle, from, name, free);
      }
    }
  }

  private static List<String> presetNames(Handle handle, long person) {
    return handle
        .createQuery("SELECT name FROM preset WHERE scope = :scope ORDER BY name")
        .bind("scope", scope(person))
        .mapTo(String.class)
        .list();
  }

  private static void renamePreset(Handle handle, long person, String name, String free) {
    String content =
        handle
            .createQuery("SELECT content FROM preset WHERE scope = :scope AND name = :name")
            .bind("scope", scope(person))
            .bind("name", name)
            .mapTo(String.class)
            .one();
    Map<String, String> values = new LinkedHashMap<>(TextMap.read(content));
    values.computeIfPresent("name", (_, shown) -> shown + free.substring(name.length()));
    handle
        .createUpdate(
            """
            UPDATE preset SET name = :free, content = :content
            WHERE scope = :scope AND name = :name\
            """)
        .bind("free", free)
        .bind("content", TextMap.write(values))
        .bind("scope", scope(person))
        .bind("name", name)
        .execute();
  }

  /**
   * Gives what was asked for on a platform to another person.
   *
   * @return how many jobs
   */
  static int part(Handle handle, long from, long to, String platform) {
    PART.forEach(sql -> part(handle, sql, from, to, platform));
    return part(handle, PART_JOBS, from, to, platform);
  }

  private static int part(Handle handle, String sql, long from, long to, String platform) {
    return handle
        .createUpdate(sql)
        .bind("from", from)
        .bind("to", to)
        .bind("platform", platform)
        .execute();
  }

  private PersonRows() {}
}
