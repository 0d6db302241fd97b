package dev.hyperbrush.command;

import dev.hyperbrush.policy.ContentRules;
import dev.hyperbrush.policy.EffectiveSettings;
import dev.hyperbrush.policy.Keepers;
import dev.hyperbrush.policy.RuleBook;
import dev.hyperbrush.store.AuditDao;
import dev.hyperbrush.store.BanDao;
import dev.hyperbrush.store.PersonDao;
import dev.hyperbrush.store.PersonLookup;
import dev.hyperbrush.store.ReportDao;
import java.util.List;

/** The verbs by which moderators keep order, wired. Immutable. */
final class ModeratorVerbs {
  private final Parts parts;
  private final Moderation moderation;

  ModeratorVerbs(Parts parts) {
    this.parts = parts;
    this.moderation = new Moderation(new AuditDao(parts.database(), parts.clock()));
  }

  /** About the words of prompts. */
  List<Verb> ofRules(
      RuleBook book, ImagineOptions options, EffectiveSettings settings, ContentRules rules) {
    RuleDesk desk = new RuleDesk(book, moderation);
    return List.of(
        new PolicyAddCommand(desk),
        new PolicyRemoveCommand(desk),
        new PolicyListCommand(desk),
        new PolicyTestCommand(options, settings, rules, desk),
        new PolicyExportCommand(desk),
        new PolicyImportCommand(desk));
  }

  /** About what is held until somebody has looked at it, and what people report. */
  List<Verb> ofReview(JobDesk jobs) {
    ReviewDesk desk = new ReviewDesk(parts.queue(), moderation);
    ReportDao reports = new ReportDao(parts.database(), parts.clock());
    return List.of(
        new ReportCommand(reports, jobs, moderation),
        new ReviewCommand(desk, reports),
        new ReviewApproveCommand(desk),
        new ReviewRejectCommand(desk),
        new ReviewDismissCommand(reports, moderation));
  }

  /** About people, and what was done to them. */
  List<Verb> ofPeople(PersonDao people, BanDao bans, Keepers keepers) {
    PersonFinder finder = new PersonFinder(people, new PersonLookup(parts.database()));
    BanDesk desk = new BanDesk(bans, keepers, finder, parts.queue(), moderation);
    return List.of(
        new BanCommand(desk, parts.clock()),
        new TimeoutCommand(desk, parts.clock()),
        new UnbanCommand(desk),
        new BansCommand(desk),
        new AuditCommand(new AuditDao(parts.database(), parts.clock()), moderation));
  }
}
