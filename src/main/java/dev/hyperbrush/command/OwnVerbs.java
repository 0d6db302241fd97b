package dev.hyperbrush.command;

import dev.hyperbrush.queue.Erasure;
import dev.hyperbrush.store.Database;
import dev.hyperbrush.store.ErasureDao;
import dev.hyperbrush.store.ExportDao;
import dev.hyperbrush.store.FavouriteDao;
import dev.hyperbrush.store.HistoryDao;
import dev.hyperbrush.store.HistoryPageDao;
import dev.hyperbrush.store.LinkDao;
import dev.hyperbrush.store.OneTimeCodeDao;
import dev.hyperbrush.store.PersonDao;
import dev.hyperbrush.store.PersonLookup;
import dev.hyperbrush.store.StoredDao;
import java.util.List;
import java.util.function.LongConsumer;

/** Makes the verbs for what belongs to a person. Immutable. */
final class OwnVerbs {
  private final Parts parts;
  private final PersonDao people;
  private final JobDesk desk;

  OwnVerbs(Parts parts, PersonDao people, JobDesk desk) {
    this.parts = parts;
    this.people = people;
    this.desk = desk;
  }

  /** To find, mark and keep one's pictures. */
  List<Verb> ofPictures() {
    HistoryCommand history =
        new HistoryCommand(
            new HistoryOptions(parts.choices(), parts.clock()),
            new HistoryDao(parts.database()),
            new HistoryPageDao(parts.database(), parts.clock()),
            desk);
    return List.of(
        history,
        new FavouritesCommand(history),
        new FavouriteCommand(new FavouriteDao(parts.database()), desk));
  }

  /**
   * About who one is, and what is kept of one.
   *
   * @param joined is told who has more than before
   */
  List<Verb> ofPerson(LongConsumer joined) {
    Database database = parts.database();
    OneTimeCodeDao codes = new OneTimeCodeDao(database, parts.clock());
    LinkDao links = new LinkDao(database, parts.clock());
    PersonLookup lookup = new PersonLookup(database);
    StoredDao stored = new StoredDao(database);
    Erasure erasure = new Erasure(parts.queue(), new ErasureDao(database, parts.clock()));
    HistoryDao history = new HistoryDao(database);
    Export export = new Export(new ExportDao(database), history, parts.queue(), parts.files());
    return List.of(
        new ExportCommand(export),
        new LinkCommand(new LinkCodes(codes, parts.chance()), links, people, lookup, joined),
        new UnlinkCommand(links, lookup),
        new LanguageCommand(people),
        new AboutCommand(parts.choices(), lookup, stored),
        new ForgetMeCommand(erasure, stored, codes, parts.chance()));
  }
}
