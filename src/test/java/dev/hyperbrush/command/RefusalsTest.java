package dev.hyperbrush.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hyperbrush.chat.Reply;
import dev.hyperbrush.generation.ReasonCode;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** In one world for all cases: what is refused leaves nothing behind. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class RefusalsTest {
  private CommandWorld world;

  @BeforeAll
  void open(@TempDir Path data) {
    world = new CommandWorld(data);
  }

  @AfterAll
  void close() {
    world.close();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          imagine |                  | PROMPT_EMPTY
          imagine | --steps 4        | PROMPT_EMPTY
          imagine | a --stpes 4      | FLAG_UNKNOWN
          imagine | a --steps x      | FLAG_VALUE
          imagine | a --model nope   | MODEL_UNKNOWN
          imagine | a --lora nope    | LORA_UNKNOWN
          imagine | a --sampler nope | SCHEDULER_UNKNOWN
          imagin  | a cat            | VERB_UNKNOWN
          show    |                  | JOB_ID_NEEDED
          show    | cat              | JOB_ID_NEEDED
          show    | 12               | JOB_UNKNOWN
          show    | 99999999999999999999 | JOB_ID_NEEDED
          again   | 12               | JOB_UNKNOWN
          vary    | #12              | JOB_UNKNOWN
          delete  | 12               | JOB_UNKNOWN
          cancel  | 12               | JOB_UNKNOWN
          cancel  |                  | NOTHING_TO_CANCEL
          help    | nope             | VERB_UNKNOWN
          queue   | --all            | FLAG_UNKNOWN
          """)
  void whatCannotBeDoneIsRefusedAndQueuesNothing(
      String verb, @Nullable String text, ReasonCode code) {
    Reply reply = world.say(verb, text == null ? "" : text);

    assertThat(reply.code()).contains(code);
    assertThat(reply.text()).isNotBlank();
    assertThat(world.queue.waiting()).isZero();
  }
}
