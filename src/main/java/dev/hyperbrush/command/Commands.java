package dev.hyperbrush.command;

import dev.hyperbrush.chat.ActionId;
import dev.hyperbrush.chat.Caller;
import dev.hyperbrush.chat.Invocation;
import dev.hyperbrush.chat.JobView;
import dev.hyperbrush.chat.Person;
import dev.hyperbrush.chat.Place;
import dev.hyperbrush.chat.Reply;
import dev.hyperbrush.chat.Standing;
import dev.hyperbrush.chat.Texts;
import dev.hyperbrush.generation.Phrase;
import dev.hyperbrush.generation.ReasonCode;
import dev.hyperbrush.generation.Refusal;
import dev.hyperbrush.policy.Admission;
import dev.hyperbrush.policy.Bans;
import dev.hyperbrush.policy.ChatSettings;
import dev.hyperbrush.policy.Choices;
import dev.hyperbrush.policy.ContentRules;
import dev.hyperbrush.policy.EffectiveSettings;
import dev.hyperbrush.policy.Keepers;
import dev.hyperbrush.policy.ModerationSettings;
import dev.hyperbrush.policy.Presets;
import dev.hyperbrush.policy.RuleBook;
import dev.hyperbrush.policy.ScopeSettings;
import dev.hyperbrush.policy.Situation;
import dev.hyperbrush.queue.JobQueue;
import dev.hyperbrush.store.AuditDao;
import dev.hyperbrush.store.Backups;
import dev.hyperbrush.store.Ban;
import dev.hyperbrush.store.BanDao;
import dev.hyperbrush.store.ChangeLog;
import dev.hyperbrush.store.DeliveryDao;
import dev.hyperbrush.store.HistoryPageDao;
import dev.hyperbrush.store.Job;
import dev.hyperbrush.store.Keyed;
import dev.hyperbrush.store.LineageDao;
import dev.hyperbrush.store.ModeratorDao;
import dev.hyperbrush.store.Origin;
import dev.hyperbrush.store.PersonDao;
import dev.hyperbrush.store.PersonLookup;
import dev.hyperbrush.store.Profile;
import dev.hyperbrush.store.RuleNumbers;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.LongConsumer;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * All verbs, and the one place where a surface hands in what somebody asked. Whatever happens, the
 * answer is a {@link Reply}. Thread-safe.
 */
public final class Commands {
  private static final Logger log = LoggerFactory.getLogger(Commands.class);

  private final VerbList verbs = new VerbList();
  private final PersonDao people;
  private final ModerationSettings moderation;
  private final Bans bans;
  private final Keepers keepers;
  private final RandomGenerator chance;
  private final JobDesk desk;
  private final HelpCommand help = new HelpCommand(verbs);

  /** Every verb there is. */
  public Commands(Parts parts) {
    people = new PersonDao(parts.database(), parts.clock());
    moderation = parts.moderation();
    chance = parts.chance();
    ImagineOptions options = new ImagineOptions(parts.choices());
    Keyed scopeRows = Keyed.settings(parts.database());
    Keyed presetRows = Keyed.presets(parts.database());
    Keyed ruleRows = Keyed.rules(parts.database());
    ChangeLog changes =
        new ChangeLog(parts.database(), parts.clock(), List.of(scopeRows, presetRows, ruleRows));
    ScopeSettings scopes = new ScopeSettings(scopeRows, changes, parts.clock());
    Presets presets = new Presets(presetRows, changes, parts.clock(), parts.choices()::presets);
    EffectiveSettings settings =
        new EffectiveSettings(
            parts.choices(), parts.operator(), new ChatSettings(scopes, presets), parts.chance());
    PersonLookup lookup = new PersonLookup(parts.database());
    RuleBook book = new RuleBook(ruleRows, new RuleNumbers(parts.database()), changes);
    ContentRules rules = new ContentRules(book, lookup, parts.clock());
    changes.listen(_ -> rules.changed());
    AuditDao audit = new AuditDao(parts.database(), parts.clock());
    changes.listen(new ChangeAudit(audit, lookup));
    BanDao banned = new BanDao(parts.database(), parts.clock());
    bans = new Bans(banned);
    keepers = new Keepers(moderation, new ModeratorDao(parts.database()), lookup);
    LineageDao lineage = new LineageDao(parts.database());
    CommandWriter writer = new CommandWriter(options);
    desk = new JobDesk(parts.queue(), lineage, writer, new DeliveryDao(parts.database()));
    Admission admission =
        new Admission(parts.database(), parts.operator(), parts.queue().forecast(), parts.clock());
    Submission submission = new Submission(settings, rules, admission, parts.queue(), desk);
    verbs.add(new ImagineCommand(options, submission));
    verbs.add(new AgainCommand(submission, desk));
    verbs.add(new VaryCommand(submission, desk));
    verbs.add(new RemixCommand(options, submission, desk));
    ShowCommand show = new ShowCommand(desk, new Lineage(lineage, desk));
    verbs.add(show);
    verbs.add(new OriginalCommand(parts.queue(), parts.files(), desk));
    OwnVerbs own = new OwnVerbs(parts, people, desk);
    own.ofPictures().forEach(verbs::add);
    verbs.add(new QueueCommand(parts.queue(), desk, settings, admission));
    verbs.add(new CancelCommand(parts.queue(), desk, audit));
    verbs.add(new DeleteCommand(parts.queue(), desk, audit));
    verbs.add(new ModelsCommand(parts.choices(), settings));
    verbs.add(
        new LorasCommand(
            parts.choices(), settings, new HistoryPageDao(parts.database(), parts.clock())));
    addPresets(parts.choices(), options, settings, presets);
    SettingsShowCommand place = new SettingsShowCommand(parts.choices(), settings);
    verbs.add(new SettingsCommand(show, place));
    verbs.add(place);
    addSettings(parts.choices(), settings, scopes, changes);
    LongConsumer joined =
        person -> {
          scopes.forgetPerson(person);
          presets.forgetPerson(person);
        };
    own.ofPerson(joined).forEach(verbs::add);
    addAdmin(parts);
    ModeratorVerbs moderators = new ModeratorVerbs(parts);
    moderators.ofRules(book, options, settings, rules).forEach(verbs::add);
    moderators.ofReview(desk).forEach(verbs::add);
    moderators.ofPeople(people, banned, keepers).forEach(verbs::add);
    verbs.add(help);
  }

  private void addPresets(
      Choices choices, ImagineOptions options, EffectiveSettings settings, Presets presets) {
    PresetDesk presetDesk = new PresetDesk(presets);
    verbs.add(new PresetListCommand(presets));
    verbs.add(new PresetSaveCommand(options, choices, settings, presets, desk));
    verbs.add(new PresetShowCommand(presetDesk));
    verbs.add(new PresetRenameCommand(presetDesk, presets));
    verbs.add(new PresetDeleteCommand(presetDesk, presets));
    verbs.add(new PresetShareCommand(presetDesk, presets));
    verbs.add(new PresetApproveCommand(presetDesk, presets));
  }

  private void addSettings(
      Choices choices, EffectiveSettings settings, ScopeSettings scopes, ChangeLog changes) {
    DefaultsDesk defaults = new DefaultsDesk(choices, settings, scopes);
    verbs.add(new DefaultsMeCommand(defaults));
    verbs.add(new DefaultsShowCommand(defaults));
    verbs.add(new DefaultsSetCommand(defaults));
    verbs.add(new DefaultsUnsetCommand(defaults));
    verbs.add(new ChangesCommand(changes));
    verbs.add(new ChangesUndoCommand(changes));
  }

  private void addAdmin(Parts parts) {
    verbs.add(new AdminStatusCommand(parts.queue()));
    verbs.add(new AdminModeCommand("pause", parts.queue(), JobQueue::pause));
    verbs.add(new AdminModeCommand("drain", parts.queue(), JobQueue::drain));
    verbs.add(new AdminModeCommand("resume", parts.queue(), JobQueue::resume));
    verbs.add(new AdminBackupCommand(new Backups(parts.database(), parts.files()), parts.clock()));
  }

  /** What every verb takes, in the order to show them. */
  public List<Usage> verbs() {
    return verbs.all().stream().map(Verb::usage).toList();
  }

  /** The verb of a name, of one word or of two; empty when there is none. */
  public Optional<Usage> usage(String verb) {
    return verbs().stream().filter(usage -> usage.name().equals(verb)).findFirst();
  }

  /** A job as the person who asked for it sees it. */
  public JobView view(Job job, Locale locale) {
    return desk.ownView(job, locale);
  }

  /**
   * What a job was drawn from, to be changed and asked for again; for whoever may see it.
   *
   * @param picture of the job, from 1; 0 for all of them
   */
  public JobForm form(Job job, int picture) {
    return desk.form(job, picture);
  }

  /** A job as everybody sees it where its end is posted, with buttons for all who are there. */
  public JobView result(Job job, Locale locale) {
    return desk.publicView(job, locale);
  }

  /** Does what somebody asked. Never throws for bad input or a bug; the job is committed before. */
  public Reply run(Invocation invocation) {
    return answer(
        invocation.caller(),
        "/" + invocation.verb(),
        (caller, personId) -> answer(invocation.by(caller), personId));
  }

  /** Does what a button stands for, with the rights of the person who pressed it. */
  public Reply press(Caller caller, ActionId action) {
    return answer(
        caller,
        action.encode(),
        (known, personId) -> {
          String text =
              verbs
                  .find(action.verb())
                  .pressed(action)
                  .orElseThrow(() -> new Refusal(ReasonCode.BUTTON_UNKNOWN));
          return answer(new Invocation(known, action.verb(), text, Map.of()), personId);
        });
  }

  /** In which language somebody is answered: the one they chose, or that of their platform. */
  public Locale language(Caller caller) {
    return language(profile(caller), caller.locale());
  }

  private static Locale language(Profile person, Locale platform) {
    return Texts.nearest(person.language().map(Locale::forLanguageTag).orElse(platform));
  }

  private Profile profile(Caller caller) {
    Person person = caller.person();
    return people.profile(person.platform(), person.platformId(), person.displayName());
  }

  private Reply answer(Invocation invocation, long personId) {
    VerbList.Found found = verbs.find(invocation.verb(), invocation.text());
    Verb verb = found.verb();
    Arguments arguments = CommandLine.read(verb.usage(), found.text(), invocation.options());
    if (arguments.get(Flags.HELP).orElse(false)) {
      return help.about(invocation.caller().locale(), verb.usage());
    }
    Situation situation = situation(invocation.caller(), personId);
    if (!situation.may(verb.usage().permission())) {
      throw new Refusal(ReasonCode.NOT_PERMITTED, verb.usage().name());
    }
    keepers.see(situation);
    Optional<Ban> ban = bans.holding(situation);
    if (ban.isPresent() && !verb.usage().evenBanned()) {
      throw new Refusal(Bans.refusal(ban.get()), null);
    }
    return verb.run(new Call(invocation, situation, arguments));
  }

  private Situation situation(Caller caller, long personId) {
    Person person = caller.person();
    Place place = caller.place();
    Standing standing = caller.standing();
    Origin origin = new Origin(place.platform(), place.channel(), place.server());
    return new Situation(
        personId,
        origin,
        standing.roles(),
        moderation.permission(standing.permission(), person.platformId(), origin, standing.roles()),
        place.ageRestricted());
  }

  /** Who was linked with others or forgotten meanwhile is somebody else now, and so tries again. */
  private Reply asOneself(Caller caller, Profile person, BiFunction<Caller, Long, Reply> verb) {
    try {
      return verb.apply(caller, person.id());
    } catch (Refusal refusal) {
      throw refusal;
    } catch (RuntimeException failure) {
      Person who = caller.person();
      Profile now = people.afresh(who.platform(), who.platformId(), who.displayName());
      if (now.id() == person.id()) {
        throw failure;
      }
      log.info("A person was changed by another command meanwhile: {}", failure.toString());
      return verb.apply(caller, now.id());
    }
  }

  /** The one catch at the chat edge: the person gets a sentence, the log gets the cause. */
  private Reply answer(Caller caller, String asked, BiFunction<Caller, Long, Reply> verb) {
    Locale locale = caller.locale();
    try {
      Profile person = profile(caller);
      locale = language(person, locale);
      return asOneself(caller.in(locale), person, verb);
    } catch (Refusal refusal) {
      return Reply.refused(locale, refusal.phrase());
    } catch (RuntimeException bug) {
      String incident = HexFormat.of().toHexDigits(chance.nextInt());
      log.error("incident {}: {} failed", incident, asked, bug);
      return Reply.refused(locale, Phrase.of(ReasonCode.INTERNAL_ERROR, incident));
    }
  }
}
