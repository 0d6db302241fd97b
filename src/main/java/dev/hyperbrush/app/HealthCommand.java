package dev.hyperbrush.app;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Says by its exit code whether the bot on a data folder answers, for whoever watches over it. */
@Command(
    name = "health",
    mixinStandardHelpOptions = true,
    header = "Asks the bot that runs on the data folder whether it is well.",
    footer = "%nExit codes: 0 it answers, 1 it does not. For Docker, systemd and the like.")
final class HealthCommand implements Callable<Integer> {
  @Mixin private Setup setup;

  @Override
  public Integer call() throws InterruptedException {
    RunningBot.requireHealth(setup.config().data());
    return 0;
  }
}
