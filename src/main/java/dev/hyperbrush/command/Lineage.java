package dev.hyperbrush.command;

import dev.hyperbrush.chat.Card;
import dev.hyperbrush.chat.Texts;
import dev.hyperbrush.generation.Shown;
import dev.hyperbrush.store.Job;
import dev.hyperbrush.store.LineageDao;
import dev.hyperbrush.store.PictureRef;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * What a job was made from, back to the first one, and what was made from it, each with the
 * settings that changed. Shows only what the person may see. Thread-safe.
 */
final class Lineage {
  private static final int MOST_ANCESTORS = 20;
  private static final int MOST_CHILDREN = 20;

  /** Of so many the visible ones are shown. */
  private static final int CHILDREN_LOOKED_AT = 200;

  private final LineageDao lineage;
  private final JobDesk desk;

  Lineage(LineageDao lineage, JobDesk desk) {
    this.lineage = lineage;
    this.desk = desk;
  }

  /** What another job is to the one that is shown. */
  private enum Relation {
    PARENT("lineage.parent", "lineage.is.parent"),
    ANCESTOR("lineage.ancestor", "lineage.is.ancestor"),
    CHILD("lineage.child", "lineage.is.child");

    private final String line;
    private final String name;

    Relation(String line, String name) {
      this.line = line;
      this.name = name;
    }
  }

  /** Each card says the same as the line in its place. */
  record Family(List<String> lines, List<Card> cards) {}

  Family of(Call call, Job job) {
    Family family = new Family(new ArrayList<>(), new ArrayList<>());
    addAncestors(call, job, family);
    lineage.children(job.id(), CHILDREN_LOOKED_AT).stream()
        .filter(child -> desk.maySee(call, child))
        .limit(MOST_CHILDREN)
        .forEach(child -> {
          SettingsDiff changes = SettingsDiff.between(job.request(), child.request());
          add(family, call.locale(), Relation.CHILD, child, Optional.empty(), changes);
        });
    return family;
  }

  private void addAncestors(Call call, Job job, Family family) {
    Job child = job;
    Relation relation = Relation.PARENT;
    for (int i = 0; i < MOST_ANCESTORS && child.parent().isPresent(); i++) {
      PictureRef ref = child.parent().get();
      Optional<Job> parent = desk.find(call, ref.jobId());
      if (parent.isEmpty()) {
        family.lines().add(gone(call, ref));
        return;
      }
      SettingsDiff changes = SettingsDiff.between(parent.get().request(), child.request());
      add(family, call.locale(), relation, parent.get(), Optional.of(ref), changes);
      child = parent.get();
      relation = Relation.ANCESTOR;
    }
  }

  /** Whoever could see it is told when it went; others learn neither its number nor its fate. */
  private String gone(Call call, PictureRef ref) {
    return desk.deleted(call, ref.jobId())
        .map(deleted ->
            Texts.get(call.locale(), "lineage.deleted", deleted.id(), Days.of(deleted.deletedAt())))
        .orElseGet(() -> Texts.get(call.locale(), "lineage.unseen"));
  }

  private static void add(
      Family family,
      Locale locale,
      Relation relation,
      Job job,
      Optional<PictureRef> ref,
      SettingsDiff changes) {
    boolean one = ref.isPresent() && ref.get().index() > 0;
    String number = "#" + job.id() + (one ? "." + (ref.get().index() + 1) : "");
    String name = number + " " + Shown.brief(job.request().prompt());
    String said =
        changes.changes().isEmpty() ? Texts.get(locale, "lineage.same") : changes.toString();
    family.lines().add(Texts.get(locale, relation.line, name, said));
    family
        .cards()
        .add(
            new Card(
                name,
                List.of(
                    new Card.Field(
                        Texts.get(locale, "lineage.field.relation"),
                        Texts.get(locale, relation.name)),
                    new Card.Field(Texts.get(locale, "lineage.field.changes"), said)),
                List.of(
                    JobDesk.button(locale, "show", job.id()),
                    JobDesk.button(locale, "again", job.id()))));
  }
}
