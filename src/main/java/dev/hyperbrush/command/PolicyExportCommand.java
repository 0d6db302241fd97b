package dev.hyperbrush.command;

import dev.hyperbrush.chat.Attachment;
import dev.hyperbrush.chat.Reply;
import dev.hyperbrush.chat.Texts;
import dev.hyperbrush.policy.ContentRule;
import dev.hyperbrush.policy.Permission;
import dev.hyperbrush.policy.RuleFile;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** {@code /policy export}: the rules of a server as a file. Thread-safe. */
final class PolicyExportCommand implements Verb {
  /** Longer ones do not fit into a message. */
  private static final int LONGEST_TEXT = 1500;

  private final RuleDesk desk;

  PolicyExportCommand(RuleDesk desk) {
    this.desk = desk;
  }

  @Override
  public Usage usage() {
    return Usage.of("policy export")
        .with(desk.moderation().elsewhere())
        .onlyFor(Permission.MODERATOR);
  }

  @Override
  public Reply run(Call call) {
    List<ContentRule> rules = desk.book().of(desk.moderation().realm(call));
    String json = RuleFile.write(rules);
    byte[] bytes = json.getBytes(StandardCharsets.UTF_8);
    String text = Texts.get(call.locale(), "policy.exported", rules.size());
    Reply reply = Reply.text(json.length() > LONGEST_TEXT ? text : text + "\n" + json);
    return reply.withAttachment(
        new Attachment(
            "rules.json", "application/json", bytes.length, () -> new ByteArrayInputStream(bytes)));
  }
}
