package dev.hyperbrush.app;

import dev.hyperbrush.chat.Texts;
import dev.hyperbrush.generation.Phrase;
import dev.hyperbrush.generation.ReasonCode;
import dev.hyperbrush.generation.Refusal;
import java.io.PrintWriter;
import java.util.Locale;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.UnmatchedArgumentException;

/** Entry point: picks the subcommand, and turns every failure into one sentence. */
@Command(
    name = "hyperbrush",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    header = "Draws what people type: Hyper-SDXL on ONNX Runtime, in Java.",
    synopsisHeading = "%nUsage: ",
    commandListHeading = "%nCommands:%n",
    optionListHeading = "%nOptions:%n",
    footerHeading = "%nExamples:%n",
    footer = {
      "  java -jar hyperbrush.jar serve",
      "      opens the bot's page on http://127.0.0.1:8080",
      "  java -jar hyperbrush.jar imagine \"a red circle on a blue background\" -o circle.png",
      "      draws one picture and ends",
      "  java -jar hyperbrush.jar doctor",
      "      looks at everything that the bot needs, and says what to do",
      "",
      "Exit codes: 0 done, 1 refused or failed, 2 no such command.",
    },
    subcommands = {
      ServeCommand.class,
      DoctorCommand.class,
      HealthCommand.class,
      ModelsCommand.class,
      BackupCommand.class,
      RestoreCommand.class,
      AdminCommand.class,
      BenchCommand.class,
      CommandLine.HelpCommand.class
    })
public final class Main {
  private static final Logger log = LoggerFactory.getLogger(Main.class);

  /** What people type, so that help can be copied. */
  private static final String NAME = "java -jar hyperbrush.jar";

  /** What Java makes of letters that the shell's language does not have, as "C" has no ä. */
  private static final char UNREADABLE = '\uFFFD';

  /** The exit code of a command line that was not understood. */
  static final int USAGE = 2;

  /** Ends the program in any case: threads of libraries would keep it, doing nothing. */
  public static void main(String[] args) {
    int code = 1;
    try {
      code = run(args);
    } catch (LinkageError replaced) {
      log.error("The program's files were changed while it ran: start it again", replaced);
    } finally {
      System.exit(code);
    }
  }

  /** Runs a command line and returns its exit code. */
  static int run(String... args) {
    CommandLine line = commandLine();
    for (String argument : args) {
      if (argument.indexOf(UNREADABLE) >= 0) {
        line.getErr().println(say(Phrase.of(ReasonCode.ARGUMENT_UNREADABLE, argument)));
        return 1;
      }
    }
    return line.execute(args);
  }

  static CommandLine commandLine() {
    CommandLine line = new CommandLine(new Main());
    // Flags that are not the command's own are those of /imagine.
    line.addSubcommand(
        new CommandLine(new ImagineCommand()).setUnmatchedOptionsArePositionalParams(true));
    return line.setExecutionExceptionHandler(SAY_WHAT_FAILED)
        .setParameterExceptionHandler(SAY_WHAT_IS_WRONG)
        .setCaseInsensitiveEnumValuesAllowed(true)
        .setUsageHelpAutoWidth(true)
        .setCommandName(NAME);
  }

  private static final IExecutionExceptionHandler SAY_WHAT_FAILED =
      (failure, line, parsed) -> {
        Phrase phrase =
            failure instanceof Refusal refusal
                ? refusal.phrase()
                : Phrase.of(ReasonCode.PROGRAM_FAILED, failure);
        log.debug("The command failed", failure);
        line.getErr().println(say(phrase));
        return 1;
      };

  private static final IParameterExceptionHandler SAY_WHAT_IS_WRONG =
      (wrong, args) -> {
        CommandLine line = wrong.getCommandLine();
        PrintWriter err = line.getErr();
        err.println(wrong.getMessage());
        UnmatchedArgumentException.printSuggestions(wrong, err);
        err.println("Try \"" + line.getCommandSpec().qualifiedName() + " --help\".");
        return USAGE;
      };

  private static String say(Phrase phrase) {
    return Texts.say(Locale.getDefault(), phrase);
  }

  private Main() {}
}
