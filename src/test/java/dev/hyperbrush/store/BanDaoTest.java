package dev.hyperbrush.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hyperbrush.TestClock;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;

@OnEachDatabase
final class BanDaoTest {
  private static final Realm GUILD = new Realm("discord", "guild");
  private static final Realm OTHER = new Realm("discord", "other");

  @Parameter private TestDatabase kind;
  @TempDir private Path data;
  private final TestClock clock = new TestClock();
  private Database database;
  private PersonDao people;
  private BanDao bans;

  @BeforeEach
  void open() {
    database = kind.open(data);
    people = new PersonDao(database, clock);
    bans = new BanDao(database, clock);
  }

  @AfterEach
  void close() {
    database.close();
  }

  @Test
  void aBanHoldsWhereAndAsLongAsItWasMeant() {
    long anna = people.idOf("discord", "1", "Anna");
    long ben = people.idOf("discord", "2", "Ben");
    Ban ban = bans.add(ban(GUILD, anna, Optional.of(clock.instant().plus(Duration.ofHours(1)))));

    assertThat(bans.find(ban.id())).contains(ban);
    assertThat(bans.of(GUILD, Long.MAX_VALUE, 10)).containsExactly(ban);
    assertThat(bans.holding(anna, GUILD)).containsExactly(ban);
    assertThat(bans.holding(anna, OTHER)).isEmpty();
    assertThat(bans.holding(anna, Realm.EVERYWHERE)).isEmpty();
    assertThat(bans.holding(ben, GUILD)).isEmpty();

    Ban everywhere = bans.add(ban(Realm.EVERYWHERE, anna, Optional.empty()));
    assertThat(bans.holding(anna, GUILD)).containsExactly(everywhere, ban);
    assertThat(bans.holding(anna, OTHER)).containsExactly(everywhere);

    clock.advance(Duration.ofHours(1));
    assertThat(bans.holding(anna, GUILD)).containsExactly(everywhere);
    assertThat(bans.find(ban.id())).isEmpty();
    assertThat(bans.lift(GUILD, anna)).isFalse();
    assertThat(bans.lift(Realm.EVERYWHERE, anna)).isTrue();
    assertThat(bans.holding(anna, GUILD)).isEmpty();
  }

  @Test
  void aBanFollowsIdentitiesAndTheyDoNotGetRidOfIt() {
    long anna = people.idOf("discord", "1", "Anna");
    long other = people.idOf("telegram", "5", "Anna T");
    Ban ban = bans.add(ban(Realm.EVERYWHERE, anna, Optional.empty()));
    move("telegram", "5", anna); // linked
    bans.follow(ban, anna);
    bans.follow(ban, anna);
    move("telegram", "5", other); // unlinked
    move("discord", "1", people.idOf("discord", "4", "Stranger"));

    assertThat(bans.holding(other, GUILD)).containsExactly(ban);
    assertThat(bans.holding(anna, GUILD)).isEmpty();
    long again = people.idOf("discord", "3", "Anna again");
    move("discord", "1", again);
    assertThat(bans.holding(again, GUILD)).containsExactly(ban);
    assertThat(bans.lift(ban)).isTrue();
    assertThat(bans.lift(ban)).isFalse();
    assertThat(bans.holding(other, GUILD)).isEmpty();
  }

  @Test
  void entriesOfTheAuditAreReadNewestFirst() {
    AuditDao audit = new AuditDao(database, clock);
    AuditEntry here =
        new AuditEntry(GUILD, 7, "Modi", AuditAction.BAN, Optional.of(8L), "Ben", "spam");
    AuditEntry there =
        new AuditEntry(OTHER, 9, "Omi", AuditAction.RULE_ADD, Optional.empty(), "#1 x", "");
    audit.add(here);
    audit.add(there);
    audit.add(here);

    assertThat(audit.newest(GUILD, Long.MAX_VALUE, 10))
        .extracting(AuditDao.Logged::entry)
        .containsExactly(here, here);
    List<AuditDao.Logged> all = audit.newest(Realm.EVERYWHERE, Long.MAX_VALUE, 2);
    assertThat(all).extracting(AuditDao.Logged::entry).containsExactly(here, there);
    assertThat(audit.newest(Realm.EVERYWHERE, all.getLast().id(), 2))
        .extracting(AuditDao.Logged::entry)
        .containsExactly(here);
  }

  @Test
  void moderatorsAreRememberedAndForgotten() {
    ModeratorDao seen = new ModeratorDao(database);
    seen.remember(GUILD, 7, true);
    seen.remember(GUILD, 7, true);
    assertThat(seen.isKnown(GUILD, 7)).isTrue();
    assertThat(seen.isKnown(OTHER, 7)).isFalse();
    seen.remember(GUILD, 7, false);
    assertThat(seen.isKnown(GUILD, 7)).isFalse();
  }

  private static Ban ban(Realm realm, long person, Optional<Instant> end) {
    return new Ban(0, realm, person, "Anna", BanKind.BAN, "spam", 9, end);
  }

  private void move(String platform, String id, long person) {
    database.write(handle ->
        handle.execute(
            "UPDATE identity SET person_id = ? WHERE platform = ? AND platform_id = ?",
            person,
            platform,
            id));
  }
}
