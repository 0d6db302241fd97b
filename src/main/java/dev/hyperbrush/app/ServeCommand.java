package dev.hyperbrush.app;

import dev.hyperbrush.chat.web.WebSettings;
import dev.hyperbrush.config.AppConfig;
import java.io.PrintWriter;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Runs the bot until it is told to stop. */
@Command(
    name = "serve",
    mixinStandardHelpOptions = true,
    header = "Runs the bot, with its page on this machine.",
    footer =
        "%nCtrl-C stops it: the picture being drawn is finished within queue.stopWithin (10 s), or"
            + " goes back to the queue.")
final class ServeCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private Setup setup;

  @Option(
      names = "--port",
      paramLabel = "PORT",
      description = "Where the page listens (default: 8080; 0 for any that is free).")
  private Optional<Integer> port = Optional.empty();

  @Override
  public Integer call() throws InterruptedException {
    PrintWriter out = spec.commandLine().getOut();
    StopRequest stop = StopRequest.listen();
    try (Bot bot = Bot.start(config())) {
      out.println("Hyperbrush is ready: open " + bot.url());
      out.flush();
      stop.await();
      out.println("Stopping");
      out.flush();
    }
    return 0;
  }

  private AppConfig config() {
    AppConfig config = setup.config();
    if (port.isEmpty()) {
      return config;
    }
    WebSettings web = config.web();
    return config.with(new WebSettings(web.address(), port.get(), web.accessToken(), web.names()));
  }
}
