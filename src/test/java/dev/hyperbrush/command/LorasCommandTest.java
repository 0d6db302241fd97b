package dev.hyperbrush.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hyperbrush.chat.Button;
import dev.hyperbrush.chat.Card;
import dev.hyperbrush.chat.Reply;
import dev.hyperbrush.generation.LoraWeight;
import dev.hyperbrush.generation.ReasonCode;
import dev.hyperbrush.pipeline.InstalledCatalogue;
import dev.hyperbrush.pipeline.ModelCatalogue;
import dev.hyperbrush.policy.Choices;
import dev.hyperbrush.policy.OperatorSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class LorasCommandTest {
  @TempDir private Path data;
  private CommandWorld world;

  @BeforeEach
  void open() throws IOException {
    ModelCatalogue.load(data);
    Path lora = data.resolve("models/tiny/lora/outline-style.safetensors");
    Files.createDirectories(data.resolve("loras"));
    for (int i = 1; i <= 9; i++) {
      Files.copy(lora, data.resolve("loras/moody-sky-" + i + ".safetensors"));
    }
    Files.writeString(
        data.resolve("loras/moody-sky-7.json"),
        "{\"activation text\": \"thunderstorm\", \"preferred weight\": 0.6}");
    InstalledCatalogue installed =
        InstalledCatalogue.open(data, Optional.empty(), ModelCatalogue.BUILTIN);
    world = new CommandWorld(data, OperatorSettings.standard(), Choices.of(installed));
  }

  @AfterEach
  void close() {
    world.close();
  }

  @Test
  void pagesAreTurnedByButtons() {
    Reply first = world.say("loras", "");
    assertThat(first.text()).startsWith("11 LoRAs, page 1 of 2");
    assertThat(first.cards()).hasSize(8);
    Reply second = press(first, "Next");
    assertThat(second.text()).startsWith("11 LoRAs, page 2 of 2");
    assertThat(second.cards()).extracting(Card::title).contains("outline-style", "tiny-fast");
    assertThat(press(second, "Back").text()).isEqualTo(first.text());
  }

  @Test
  void aSearchKeepsItsWordsOverPages() {
    Reply first = world.say("loras", "moody sky");
    assertThat(first.text()).startsWith("9 LoRAs, page 1 of 2");
    assertThat(press(first, "Next").cards()).extracting(Card::title).containsExactly("moody-sky-9");
  }

  @Test
  void theOnlyMatchIsShownWithAllAboutIt() {
    Reply reply = world.say("loras", "thunder");
    assertThat(reply.cards()).extracting(Card::title).containsExactly("moody-sky-7");
    assertThat(reply.text())
        .contains("Words: thunderstorm")
        .contains("Usual weight: 0.6")
        .contains("--lora moody-sky-7:0.6, <lora:moody-sky-7:0.6>")
        .contains("Hash:");
  }

  @Test
  void mistypedNamesAreFoundAndStrangeOnesNot() {
    assertThat(world.say("loras", "outlne").cards())
        .extracting(Card::title)
        .containsExactly("outline-style");
    assertThat(world.say("loras", "xylophone").text()).contains("No LoRA matches “xylophone”");
  }

  @Test
  void theUsualWeightIsTakenWhereNoneIsNamed() {
    assertThat(world.imagine("a cat --lora moody-sky-7").request().loras())
        .containsExactly(new LoraWeight("moody-sky-7", 0.6));
    assertThat(world.imagine("a cat <lora:moody-sky-7> in rain").request().loras())
        .containsExactly(new LoraWeight("moody-sky-7", 0.6));
    assertThat(world.imagine("a cat <lora:moody-sky-7:0.9>").request().loras())
        .containsExactly(new LoraWeight("moody-sky-7", 0.9));
    assertThat(world.imagine("a cat --lora moody-sky-1").request().loras())
        .containsExactly(new LoraWeight("moody-sky-1", 1));
  }

  @Test
  void somebodyElsesSearchIsNotShown() {
    Reply first = world.say("loras", "moody sky");
    String action = first.buttons().getFirst().action().encode();
    Reply other = world.press(CommandWorld.BEN, CommandWorld.SERVER, action);
    assertThat(other.code()).contains(ReasonCode.HISTORY_PAGE_UNKNOWN);
  }

  private Reply press(Reply shown, String label) {
    Button button =
        shown.buttons().stream().filter(one -> one.label().equals(label)).findFirst().orElseThrow();
    return world.press(CommandWorld.ANNA, CommandWorld.SERVER, button.action().encode());
  }
}
