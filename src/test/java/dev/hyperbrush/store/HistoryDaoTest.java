package dev.hyperbrush.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hyperbrush.generation.GenerationRequest;
import dev.hyperbrush.generation.ImageSize;
import dev.hyperbrush.generation.Seed;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;

@OnEachDatabase
final class HistoryDaoTest {
  private static final Instant MONDAY = Instant.parse("2026-03-02T10:00:00Z");
  private static final Origin ORIGIN = new Origin("web", "page", Optional.empty());

  @Parameter private TestDatabase kind;
  @TempDir private Path data;
  private Database database;
  private JobDao jobs;
  private TestJobs work;
  private HistoryDao history;
  private long anna;
  private long ben;

  @BeforeEach
  void open() {
    database = kind.open(data);
    jobs = new JobDao(database);
    work = new TestJobs(database);
    history = new HistoryDao(database);
    PersonDao people = new PersonDao(database, () -> MONDAY);
    anna = people.idOf("web", "1", "Anna");
    ben = people.idOf("web", "2", "Ben");
  }

  @AfterEach
  void close() {
    database.close();
  }

  @Test
  void pagesGoBackAndForthOverTheSameJobs() {
    List<Long> ids = new ArrayList<>();
    for (int i = 0; i < 7; i++) {
      ids.add(add(anna, "cat " + i, "tiny", MONDAY));
      add(ben, "cat of somebody else", "tiny", MONDAY);
    }

    HistoryPage first = history.before(anna, HistoryFilter.NONE, Long.MAX_VALUE, 3);
    HistoryPage second = history.before(anna, HistoryFilter.NONE, first.before().orElseThrow(), 3);
    HistoryPage third = history.before(anna, HistoryFilter.NONE, second.before().orElseThrow(), 3);
    assertThat(ids(first)).containsExactly(ids.get(6), ids.get(5), ids.get(4));
    assertThat(first.after()).isEmpty();
    assertThat(ids(third)).containsExactly(ids.get(0));
    assertThat(third.before()).isEmpty();

    HistoryPage back = history.after(anna, HistoryFilter.NONE, third.after().orElseThrow(), 3);
    assertThat(ids(back)).isEqualTo(ids(second));
    assertThat(back.before()).isEqualTo(second.before());
    HistoryPage newest = history.after(anna, HistoryFilter.NONE, back.after().orElseThrow(), 3);
    assertThat(ids(newest)).isEqualTo(ids(first));
    assertThat(newest.after()).isEmpty();
  }

  @Test
  void conditionsHoldAllAtOnce() {
    long old = add(anna, "A red CAT", "tiny", MONDAY.minus(Duration.ofDays(9)));
    long other = add(anna, "a red cat", "turbo", MONDAY);
    long newest = add(anna, "a red cat, 100% wool_", "tiny", MONDAY);
    jobs.cancelWaiting(other, true, MONDAY);

    assertThat(find(HistoryFilter.words("cat RED"))).containsExactly(newest, other, old);
    assertThat(find(HistoryFilter.words("0% wool_"))).containsExactly(newest);
    assertThat(find(HistoryFilter.words("e%r"))).isEmpty();
    assertThat(find(filter(Optional.of("turbo"), Optional.empty(), Optional.empty())))
        .containsExactly(other);
    assertThat(find(filter(Optional.empty(), Optional.of(MONDAY), Optional.empty())))
        .containsExactly(newest, other);
    assertThat(find(filter(Optional.of("tiny"), Optional.empty(), Optional.of(MONDAY))))
        .containsExactly(old);
    assertThat(
            find(
                filter(
                    Optional.empty(),
                    Optional.of(MONDAY.plusSeconds(90)),
                    Optional.of(MONDAY.plusSeconds(99)))))
        .isEmpty();
    HistoryFilter cancelled =
        new HistoryFilter(
            "",
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.of(JobState.CANCELLED),
            false);
    assertThat(find(cancelled)).containsExactly(other);
  }

  @Test
  void favouritesAreFoundAndToggled() {
    long plain = add(anna, "plain", "tiny", MONDAY);
    long job = add(anna, "several", "tiny", MONDAY);
    for (long id : List.of(plain, job)) {
      work.claim(id, MONDAY);
      work.finish(id, List.of(picture(id, 0), picture(id, 1)), List.of(), MONDAY);
    }
    HistoryFilter favourites =
        new HistoryFilter(
            "", Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), true);
    FavouriteDao dao = new FavouriteDao(database);
    assertThat(find(favourites)).isEmpty();

    assertThat(dao.toggle(job, OptionalInt.of(1))).isTrue();
    assertThat(find(favourites)).containsExactly(job);
    assertThat(new PictureDao(database).of(job))
        .extracting(Picture::favourite)
        .containsExactly(false, true);
    assertThat(dao.toggle(job, OptionalInt.empty())).as("the rest of it too").isTrue();
    assertThat(dao.toggle(job, OptionalInt.of(0))).isFalse();
    assertThat(find(favourites)).containsExactly(job);
    assertThat(dao.toggle(job, OptionalInt.of(1))).isFalse();
    assertThat(find(favourites)).isEmpty();
  }

  @Test
  void aSearchLooksThroughSoManyJobsAndSaysWhereToGoOn() {
    long first = add(anna, "the needle", "tiny", MONDAY);
    fill(HistoryDao.WINDOW + 5);
    long last = add(anna, "another needle", "tiny", MONDAY);

    HistoryPage newest = history.before(anna, HistoryFilter.words("needle"), Long.MAX_VALUE, 10);
    assertThat(ids(newest)).containsExactly(last);
    HistoryPage rest =
        history.before(anna, HistoryFilter.words("needle"), newest.before().orElseThrow(), 10);
    assertThat(ids(rest)).containsExactly(first);
    assertThat(rest.before()).isEmpty();
    HistoryPage upwards = history.after(anna, HistoryFilter.words("needle"), 0, 10);
    assertThat(ids(upwards)).containsExactly(first);
    assertThat(upwards.after()).isPresent();
  }

  @Test
  void theSameSearchIsRememberedOnceAndOnlyForItsPerson() {
    HistoryPageDao pages = new HistoryPageDao(database, () -> MONDAY);
    long page = pages.remember(anna, "cat --before 12");

    assertThat(pages.remember(anna, "cat --before 12")).isEqualTo(page);
    assertThat(pages.find(anna, page)).contains("cat --before 12");
    assertThat(pages.find(ben, page)).isEmpty();
  }

  @Test
  void onlySoManySearchesAreRemembered() {
    HistoryPageDao pages = new HistoryPageDao(database, () -> MONDAY);
    long oldest = pages.remember(anna, "oldest");
    long second = pages.remember(anna, "second");
    for (int i = 2; i <= HistoryPageDao.REMEMBERED; i++) {
      pages.remember(anna, "page " + i);
    }
    assertThat(pages.find(anna, oldest)).isEmpty();
    assertThat(pages.find(anna, second)).contains("second");
  }

  @Test
  void aDeletedJobLeavesWhoseItWasAndWhen() {
    long id = add(anna, "a cat", "tiny", MONDAY);
    LineageDao lineage = new LineageDao(database);
    assertThat(lineage.deleted(id)).isEmpty();

    assertThat(jobs.delete(id, MONDAY)).isTrue();
    assertThat(jobs.delete(id, MONDAY.plusSeconds(9))).isFalse();

    assertThat(lineage.deleted(id)).contains(new DeletedJob(id, anna, ORIGIN, MONDAY));
  }

  private List<Long> find(HistoryFilter filter) {
    return ids(history.before(anna, filter, Long.MAX_VALUE, 10));
  }

  private static HistoryFilter filter(
      Optional<String> model, Optional<Instant> since, Optional<Instant> until) {
    return new HistoryFilter("", model, since, until, Optional.empty(), false);
  }

  private static List<Long> ids(HistoryPage page) {
    return page.jobs().stream().map(Job::id).toList();
  }

  private static Picture picture(long job, int index) {
    return new Picture(job, index, new Seed(1), "a".repeat(64), 64, 64, 3);
  }

  private long add(long person, String prompt, String model, Instant at) {
    GenerationRequest request =
        new GenerationRequest(
            model, prompt, "", new ImageSize(64, 64), 4, 0, "TCD", 0, new Seed(1), 2, List.of(), 0);
    return work.insert(NewJob.plain(person, ORIGIN, request), at);
  }

  /** So many jobs at once, as copies of the first. */
  private void fill(int count) {
    database.write(handle ->
        handle.execute(
            """
            INSERT INTO job (person_id, platform, channel, request, model, prompt, seed, state,
              cost, start_tag, finish_tag, created_at)
            SELECT %d, 'web', 'page', job.request, 'tiny', 'hay', 1, 'DONE', 1, 0, 0, job.created_at
            FROM job, %s WHERE job.id = (SELECT MIN(id) FROM job)\
            """
                .formatted(
                    anna,
                    (kind == TestDatabase.H2 ? "SYSTEM_RANGE" : "generate_series")
                        + "(1, "
                        + count
                        + ") n")));
  }
}
