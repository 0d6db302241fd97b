package dev.hyperbrush.app;

import dev.hyperbrush.chat.Finding;
import dev.hyperbrush.chat.Finding.Verdict;
import dev.hyperbrush.chat.discord.DiscordCheck;
import dev.hyperbrush.chat.telegram.TelegramCheck;
import dev.hyperbrush.config.AppConfig;
import dev.hyperbrush.generation.Refusal;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Says what is wrong before it goes wrong. */
@Command(
    name = "doctor",
    mixinStandardHelpOptions = true,
    header = "Looks at everything that the bot needs, and says what to do.",
    description = {
      "%nReads the settings, writes to the data folder, opens the database, draws one tiny picture,"
          + " and asks Discord and Telegram about the tokens that are set. It changes nothing"
          + " there, and prints no token. It can be run while the bot runs.",
      "",
      "Each line begins with ok, attention (the bot runs, but not all as you may expect) or broken;"
          + " an arrow behind it says what to do."
    },
    footer = {
      "%nTokens are read as by serve: from HYPERBRUSH_DISCORD_TOKEN and HYPERBRUSH_TELEGRAM_TOKEN,"
          + " or from the files that discord.tokenFile and telegram.tokenFile name.",
      "",
      "Exit codes: 0 nothing is broken, 1 something is."
    })
final class DoctorCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private Setup setup;

  @Override
  public Integer call() throws InterruptedException {
    List<Finding> findings = look();
    PrintWriter out = spec.commandLine().getOut();
    findings.forEach(finding -> print(out, finding));
    long broken = count(findings, Verdict.BROKEN);
    long attention = count(findings, Verdict.ATTENTION);
    out.println();
    out.println(
        broken == 0 && attention == 0
            ? "All is well."
            : broken + " broken, " + attention + " to look at.");
    out.flush();
    return broken == 0 ? 0 : 1;
  }

  private List<Finding> look() throws InterruptedException {
    List<Finding> findings = new ArrayList<>();
    AppConfig config;
    try {
      config = setup.config();
      findings.add(Finding.ok("settings", "can be read"));
    } catch (Refusal refusal) {
      return List.of(LocalChecks.refused("settings", refusal)); // the rest depends on them
    }
    findings.addAll(new LocalChecks(config).run());
    findings.addAll(DiscordCheck.run(config.discord()));
    findings.addAll(TelegramCheck.run(config.telegram()));
    return findings;
  }

  private static void print(PrintWriter out, Finding finding) {
    String verdict = finding.verdict().name().toLowerCase(Locale.ROOT);
    out.printf(Locale.ROOT, "%-9s  %-11s  %s%n", verdict, finding.subject(), finding.found());
    if (!finding.remedy().isEmpty()) {
      out.printf(Locale.ROOT, "%-9s  %-11s  -> %s%n", "", "", finding.remedy());
    }
  }

  private static long count(List<Finding> findings, Verdict verdict) {
    return findings.stream().filter(finding -> finding.verdict() == verdict).count();
  }
}
