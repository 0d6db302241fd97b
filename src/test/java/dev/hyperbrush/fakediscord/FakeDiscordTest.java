package dev.hyperbrush.fakediscord;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Map;
import net.dv8tion.jda.api.JDA;
import net.dv8tion.jda.api.components.actionrow.ActionRow;
import net.dv8tion.jda.api.components.buttons.Button;
import net.dv8tion.jda.api.components.mediagallery.MediaGallery;
import net.dv8tion.jda.api.components.mediagallery.MediaGalleryItem;
import net.dv8tion.jda.api.components.textdisplay.TextDisplay;
import net.dv8tion.jda.api.entities.Message;
import net.dv8tion.jda.api.events.GenericEvent;
import net.dv8tion.jda.api.events.interaction.command.SlashCommandInteractionEvent;
import net.dv8tion.jda.api.events.interaction.component.ButtonInteractionEvent;
import net.dv8tion.jda.api.exceptions.ErrorResponseException;
import net.dv8tion.jda.api.interactions.InteractionHook;
import net.dv8tion.jda.api.interactions.commands.OptionMapping;
import net.dv8tion.jda.api.interactions.commands.OptionType;
import net.dv8tion.jda.api.interactions.commands.build.Commands;
import net.dv8tion.jda.api.requests.RestAction;
import net.dv8tion.jda.api.utils.FileUpload;
import net.dv8tion.jda.api.utils.messages.MessageEditBuilder;
import net.dv8tion.jda.api.utils.messages.MessageEditData;
import net.dv8tion.jda.internal.JDAImpl;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The fake Discord, tried with JDA alone. */
final class FakeDiscordTest {
  private final FakeDiscord discord = FakeDiscord.start();
  private final FakeGuild guild = discord.guild("Painters");
  private final FakeChannel art = guild.channel("art");
  private final FakePerson ann = guild.join(discord.person("ann"));
  private JDA jda;

  @BeforeEach
  void login() {
    jda = PlainBot.start(discord, FakeDiscordTest::answer);
    jda.updateCommands()
        .addCommands(
            Commands.slash("imagine", "Draws.")
                .addOption(OptionType.STRING, "prompt", "What", true))
        .complete();
  }

  @AfterEach
  void stop() {
    jda.shutdownNow();
    discord.close();
  }

  private static void answer(GenericEvent event) {
    switch (event) {
      case SlashCommandInteractionEvent slash ->
          slash
              .deferReply()
              .flatMap(
                  hook -> edit(hook, slash.getOption("prompt", "", OptionMapping::getAsString)))
              .queue();
      case ButtonInteractionEvent button -> button.reply("pressed").setEphemeral(true).queue();
      default -> {}
    }
  }

  private static RestAction<Message> edit(InteractionHook hook, String prompt) {
    return hook.editOriginal(picture(prompt));
  }

  private static MessageEditData picture(String prompt) {
    FileUpload file = FileUpload.fromData(new byte[] {1, 2, 3}, "fox.png").setDescription(prompt);
    return new MessageEditBuilder()
        .useComponentsV2()
        .setComponents(
            TextDisplay.of(prompt),
            MediaGallery.of(MediaGalleryItem.fromFile(file)),
            ActionRow.of(Button.primary("again", "Again")))
        .build();
  }

  @Test
  void aCommandBecomesAPictureWithAButton() {
    FakeInteraction use = ann.in(art).slash("imagine", Map.of("prompt", "a fox"));
    FakeMessage picture = use.reply();
    assertThat(picture.text()).isEqualTo("a fox");
    assertThat(picture.files()).singleElement().extracting(FakeFile::name).isEqualTo("fox.png");
    assertThat(picture.gallery()).hasSize(1);
    assertThat(art.messages()).containsExactly(picture);
    FakeMessage pressed = ann.in(art).press(picture, "Again").reply();
    assertThat(pressed.text()).isEqualTo("pressed");
    assertThat(art.messagesOnlyFor(ann)).containsExactly(pressed);
    assertThat(discord.violations()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void withoutViaJdaTakesARequestToWaitForTheNetworks(boolean edge) {
    Duration wait = Duration.ofSeconds(1);
    discord
        .faults()
        .next(
            "GET /users/{user}", 1, edge ? Fault.bannedByEdge(wait) : Fault.tooManyRequests(wait));
    jda.retrieveUserById(ann.id).useCache(false).complete();
    long heldBack = ((JDAImpl) jda).getSessionController().getRateLimitHandle().getCloudflare();
    assertThat(heldBack > 0).isEqualTo(edge);
    assertThat(discord.violations()).isEmpty();
  }

  @Test
  void whatIsNotAllowedIsRefusedInDiscordsWords() {
    assertThatThrownBy(() -> jda.retrieveUserById(5).complete())
        .isInstanceOf(ErrorResponseException.class)
        .hasMessageContaining("10013");
    assertThat(discord.errors()).containsExactly(10013);
  }
}
