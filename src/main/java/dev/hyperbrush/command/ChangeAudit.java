package dev.hyperbrush.command;

import dev.hyperbrush.generation.Shown;
import dev.hyperbrush.policy.Scope;
import dev.hyperbrush.policy.ScopeKind;
import dev.hyperbrush.store.AuditAction;
import dev.hyperbrush.store.AuditDao;
import dev.hyperbrush.store.AuditEntry;
import dev.hyperbrush.store.Change;
import dev.hyperbrush.store.KnownPerson;
import dev.hyperbrush.store.PersonLookup;
import dev.hyperbrush.store.Realm;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Writes down what moderators changed by way of the log of changes: settings, and rules where that
 * was taken back; of a rule that somebody adds or removes, the verb writes more. Thread-safe.
 */
final class ChangeAudit implements Consumer<Change> {
  private final AuditDao audit;
  private final PersonLookup people;

  ChangeAudit(AuditDao audit, PersonLookup people) {
    this.audit = audit;
    this.people = people;
  }

  @Override
  public void accept(Change change) {
    Optional<Scope> place = Scope.parse(change.place());
    if (place.isEmpty() || place.get().kind() == ScopeKind.PERSON) {
      return;
    }
    action(change).ifPresent(action -> audit.add(entry(change, action, place.get())));
  }

  private static Optional<AuditAction> action(Change change) {
    return switch (change.kind()) {
      case "setting" -> Optional.of(AuditAction.SETTINGS);
      case "rule" ->
          change
              .undoes()
              .map(
                  _ -> change.after().isPresent() ? AuditAction.RULE_ADD : AuditAction.RULE_REMOVE);
      default -> Optional.empty();
    };
  }

  private AuditEntry entry(Change change, AuditAction action, Scope place) {
    Realm realm = Moderation.realm(place);
    String name = change.key().substring(change.key().indexOf(' ') + 1);
    String subject =
        action == AuditAction.SETTINGS
            ? name + ": " + brief(change.before()) + " → " + brief(change.after())
            : "#" + name;
    return new AuditEntry(
        realm, change.personId(), who(change), action, Optional.empty(), subject, "");
  }

  private String who(Change change) {
    return people.identities(change.personId()).stream()
        .findFirst()
        .map(KnownPerson::name)
        .orElse("–");
  }

  private static String brief(Optional<String> content) {
    return content.map(Shown::brief).orElse("–");
  }
}
