/**
 * Discord on the loopback: REST v10 and the gateway, with Discord's limits, its refusals and its
 * bad days, for clients that believe to be talking to it.
 *
 * <pre>{@code
 * try (FakeDiscord discord = FakeDiscord.start()) {
 *   FakeGuild guild = discord.guild("Painters"); // the bot is in it, with the usual permissions
 *   FakeChannel art = guild.channel("art");
 *   FakePerson ann = guild.join(discord.person("ann"));
 *   // ... start the bot with discord.token() and discord.api(), then:
 *   discord.awaitCommand("imagine");
 *   FakeInteraction use = ann.in(art).slash("imagine", Map.of("prompt", "a fox"));
 *   FakeMessage picture = use.reply(); // waits for what takes the place of "is thinking ..."
 *   FakeInteraction pressed = ann.in(art).press(picture, "Again"); // label or custom id
 *   assertThat(art.messages()).hasSize(2);
 *   discord.faults().next("POST /channels/{channel}/messages", 3, Fault.status(500));
 *   discord.gateway().cut();
 *   assertThat(discord.violations()).isEmpty();
 * }
 * }</pre>
 */
@NullMarked
package dev.hyperbrush.fakediscord;

import org.jspecify.annotations.NullMarked;
