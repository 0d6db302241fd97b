package dev.hyperbrush.chat.web;

import dev.hyperbrush.chat.Caller;
import dev.hyperbrush.chat.Person;
import dev.hyperbrush.chat.Place;
import dev.hyperbrush.chat.Standing;
import dev.hyperbrush.command.Commands;
import dev.hyperbrush.policy.Permission;
import dev.hyperbrush.queue.JobQueue;
import dev.hyperbrush.queue.Placed;
import dev.hyperbrush.store.DeliveryDao;
import dev.hyperbrush.store.Destination;
import dev.hyperbrush.store.HistoryPage;
import dev.hyperbrush.store.Job;
import dev.hyperbrush.store.PersonDao;
import dev.hyperbrush.store.Picture;
import io.javalin.http.Context;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** The jobs of the one person who uses the page: whoever sits at this machine. Thread-safe. */
final class OwnJobs {
  static final Person PERSON = new Person("web", "local", "You");
  static final Place PLACE = Place.of("web", "page", Optional.empty());

  /** Whoever sits at this machine runs the program. */
  private static final Standing STANDING = new Standing(Set.of(), Permission.OPERATOR);

  private static final int PAGE_SIZE = 30;
  private static final int MOST_UNDER_WAY = 1000;

  /** Of how many jobs the place is told; the others move up as these are drawn. */
  private static final int FRONT = 100;

  /** More than these are not told again. */
  private static final int MOST_ENDED = 50;

  /** Every open page, one post after another. */
  private static final List<Destination> LADDER = List.of(new Destination("page", "open"));

  private final JobQueue queue;
  private final DeliveryDao deliveries;
  private final Commands commands;
  private final PersonDao people;

  OwnJobs(JobQueue queue, DeliveryDao deliveries, Commands commands, PersonDao people) {
    this.queue = queue;
    this.deliveries = deliveries;
    this.commands = commands;
    this.people = people;
  }

  /** Asked for every time: who is linked to others, or forgotten, becomes another person. */
  private long personId() {
    return people.idOf(PERSON.platform(), PERSON.platformId(), PERSON.displayName());
  }

  static Caller caller(Locale language) {
    return new Caller(PERSON, PLACE, STANDING, language, LADDER, Optional.empty());
  }

  /** The language that was chosen, or else that of the browser. */
  Locale language(Context request) {
    return commands.language(caller(PageTexts.languageOf(request)));
  }

  /** An own job; empty for somebody else's, as if there were none. */
  Optional<Job> find(long id) {
    return queue.find(id).filter(job -> job.personId() == personId());
  }

  /** A page of the history, newest first. */
  HistoryPage history(String search, long before) {
    return queue.history(personId(), search, before, PAGE_SIZE);
  }

  List<Job> underWay() {
    return queue.unfinished(personId(), MOST_UNDER_WAY);
  }

  /** The front of the queue, everybody's jobs, next first. */
  List<Placed> nextInQueue() {
    return queue.front(FRONT);
  }

  Optional<Picture> picture(long jobId, int index) {
    return find(jobId).stream()
        .flatMap(job -> queue.pictures(job.id()).stream())
        .filter(picture -> picture.index() == index)
        .findFirst();
  }

  /**
   * The jobs that ended without a picture and that nobody has dismissed, newest first. Whoever asks
   * sees the gallery too, and so finds the pictures that were drawn while no page was open.
   */
  List<Job> ended() {
    deliveries.found(personId(), PERSON.platform());
    return deliveries.unseen(personId(), PERSON.platform(), MOST_ENDED);
  }

  /** The person has taken note of how a job ended. */
  void dismiss(long jobId) {
    deliveries.shown(personId(), List.of(jobId));
  }

  JobJson json(Job job, Locale language) {
    return JobJson.of(commands.view(job, language), language);
  }
}
