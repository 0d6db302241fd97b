package dev.hyperbrush.fakediscord;

import java.util.EnumSet;
import net.dv8tion.jda.api.JDA;
import net.dv8tion.jda.api.JDABuilder;
import net.dv8tion.jda.api.hooks.EventListener;
import net.dv8tion.jda.api.requests.GatewayIntent;
import net.dv8tion.jda.api.requests.RestConfig;
import net.dv8tion.jda.api.utils.Compression;
import net.dv8tion.jda.api.utils.ConcurrentSessionController;

/** JDA without anything of ours around it, to try the fake and JDA's own ways. */
final class PlainBot {
  private PlainBot() {}

  static JDABuilder builder(FakeDiscord discord, EventListener... listeners) {
    return JDABuilder.createLight(discord.token(), EnumSet.noneOf(GatewayIntent.class))
        .setRestConfig(new RestConfig().setBaseUrl(discord.api().toString()))
        .setSessionController(
            new ConcurrentSessionController() {
              @Override
              public String getGateway() {
                return discord.gateway().address();
              }
            })
        .setCompression(Compression.ZLIB)
        .setMaxReconnectDelay(32)
        .setEnableShutdownHook(false)
        .addEventListeners((Object[]) listeners);
  }

  static JDA start(FakeDiscord discord, EventListener... listeners) {
    try {
      return builder(discord, listeners).build().awaitReady();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }
}
