package dev.hyperbrush.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.hyperbrush.generation.ReasonCode;
import dev.hyperbrush.generation.Refusal;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class StoreSettingsTest {
  private static StoreSettings of(String url) {
    return new StoreSettings(Optional.of(url), "bot", Optional.of("secret"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "jdbc:postgresql:bot",
        "jdbc:postgresql://db.example:5433/bot",
        "jdbc:postgresql://[::1]/bot?sslmode=require",
        "jdbc:postgresql://one:5432,two:5432/bot"
      })
  void takesAddressesOfPostgresql(String url) {
    assertThat(of(url).url()).contains(url);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "bot",
        "jdbc:mysql://localhost/bot",
        "jdbc:h2:./bot",
        "jdbc:postgresql://localhost:many/bot",
        "postgresql://bot:secret@localhost/bot",
        "jdbc:postgresql://bot:secret@localhost/bot"
      })
  void refusesOthers(String url) {
    Refusal refusal = catchThrowableOfType(Refusal.class, () -> of(url));
    assertThat(refusal.code()).isEqualTo(ReasonCode.DATABASE_ADDRESS_WRONG);
    assertThat(refusal)
        .hasMessageContainingAll("bot", "jdbc:postgresql://host:5432/database")
        .message()
        .doesNotContain("secret");
  }

  @Test
  void refusesAPasswordThatWouldBeShown() {
    Refusal refusal =
        catchThrowableOfType(
            Refusal.class, () -> of("jdbc:postgresql://localhost/bot?user=x&password=secret"));
    assertThat(refusal.code()).isEqualTo(ReasonCode.DATABASE_ADDRESS_HAS_PASSWORD);
    assertThat(refusal).message().contains("HYPERBRUSH_STORE_PASSWORD").doesNotContain("secret");
  }

  @Test
  void itsPasswordIsInNoLog() {
    assertThat(of("jdbc:postgresql:bot")).asString().contains("bot").doesNotContain("secret");
  }
}
