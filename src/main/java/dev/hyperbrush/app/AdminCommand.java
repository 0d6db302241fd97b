package dev.hyperbrush.app;

import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Tells the running bot what to do with its queue. */
@Command(
    name = "admin",
    mixinStandardHelpOptions = true,
    header = "Tells the running bot to pause, drain or resume its queue, or asks for its status.",
    footer = {
      "%npause   begins no picture from now on; commands are still accepted and wait",
      "drain   accepts no picture from now on; those that wait are drawn",
      "resume  ends both",
      "status  tells what the queue does, how much waits and how much is being drawn"
    })
final class AdminCommand implements Callable<Integer> {
  private enum Action {
    PAUSE,
    DRAIN,
    RESUME,
    STATUS
  }

  @Spec private CommandSpec spec;
  @Mixin private Setup setup;

  @Parameters(
      arity = "0..1",
      paramLabel = "pause|drain|resume|status",
      description = "What to do (default: status).")
  private Action action = Action.STATUS;

  @Override
  public Integer call() throws InterruptedException {
    String line = "/admin " + action.name().toLowerCase(Locale.ROOT);
    return RunningBot.ask(setup.config(), line, spec.commandLine());
  }
}
