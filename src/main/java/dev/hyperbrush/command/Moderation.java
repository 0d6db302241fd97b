package dev.hyperbrush.command;

import dev.hyperbrush.generation.ReasonCode;
import dev.hyperbrush.generation.Refusal;
import dev.hyperbrush.policy.Permission;
import dev.hyperbrush.policy.Scope;
import dev.hyperbrush.policy.ScopeKind;
import dev.hyperbrush.store.AuditAction;
import dev.hyperbrush.store.AuditDao;
import dev.hyperbrush.store.AuditEntry;
import dev.hyperbrush.store.Realm;
import java.util.Optional;

/** What the verbs of moderators have in common: where they decide, and that it is written down. */
final class Moderation {
  private final ScopeOptions scopes = new ScopeOptions();
  private final AuditDao audit;

  Moderation(AuditDao audit) {
    this.audit = audit;
  }

  ScopeOptions scopes() {
    return scopes;
  }

  /** The options by which whoever runs the program decides elsewhere. */
  Option<?>[] elsewhere() {
    return new Option<?>[] {scopes.server(), scopes.everywhere()};
  }

  /** Where a call decides: on its server or, of whoever runs the program, elsewhere. */
  Realm realm(Call call) {
    return realm(scope(call));
  }

  /** As {@link #realm}, with the channel or role that is named. */
  Scope scope(Call call) {
    if (call.origin().server().isEmpty() && !call.situation().may(Permission.OPERATOR)) {
      throw new Refusal(ReasonCode.SERVER_NEEDED, call.invocation().verb());
    }
    return scopes.scope(call);
  }

  static Realm realm(Scope scope) {
    Scope around = scope.around();
    boolean server = around.kind() == ScopeKind.SERVER && !around.id().isEmpty();
    return server ? new Realm(around.parts().getFirst(), around.id()) : Realm.EVERYWHERE;
  }

  /** Writes down what somebody decided about a thing. */
  void record(Call call, Realm realm, AuditAction action, String subject) {
    record(call, realm, action, Optional.empty(), subject, "");
  }

  void record(
      Call call,
      Realm realm,
      AuditAction action,
      Optional<Long> person,
      String subject,
      String reason) {
    audit.add(
        new AuditEntry(
            realm,
            call.personId(),
            call.invocation().caller().person().displayName(),
            action,
            person,
            subject,
            reason));
  }
}
