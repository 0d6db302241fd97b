package dev.hyperbrush.chat.telegram;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hyperbrush.chat.telegram.Incoming.Room;
import dev.hyperbrush.chat.telegram.Incoming.Sender;
import dev.hyperbrush.policy.Permission;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.telegram.telegrambots.meta.api.methods.groupadministration.GetChatAdministrators;
import org.telegram.telegrambots.meta.api.objects.User;
import org.telegram.telegrambots.meta.api.objects.chatmember.ChatMember;
import org.telegram.telegrambots.meta.api.objects.chatmember.ChatMemberOwner;

final class StandingsTest {
  private static final Room GROUP = new Room(-7, true, OptionalInt.empty());
  private static final Sender ANN = new Sender(5, "Ann", Optional.empty(), OptionalLong.empty());

  private final List<String> asked = new ArrayList<>();
  private final List<ChatMember> administrators = new ArrayList<>();
  private boolean away;
  private long nanos;
  private final Standings standings = new Standings(this::administrators, () -> nanos);

  private List<ChatMember> administrators(GetChatAdministrators question) throws TelegramFailure {
    asked.add(question.getChatId());
    if (away) {
      throw TelegramFailure.noAnswer("getChatAdministrators", "away", false);
    }
    return new ArrayList<>(administrators);
  }

  private void promote(long person) {
    User user = User.builder().id(person).firstName("x").isBot(false).build();
    ChatMember member = ChatMemberOwner.builder().user(user).isAnonymous(false).build();
    administrators.add(member);
  }

  private Permission of(Sender sender, Room room) throws InterruptedException {
    return standings.of(sender, room).permission();
  }

  @Test
  void asksOnceInFiveMinutes() throws InterruptedException {
    promote(5);
    assertThat(of(ANN, GROUP)).isEqualTo(Permission.MODERATOR);
    nanos += Duration.ofMinutes(4).toNanos();
    administrators.clear();
    assertThat(of(ANN, GROUP)).isEqualTo(Permission.MODERATOR);
    nanos += Duration.ofMinutes(2).toNanos();
    assertThat(of(ANN, GROUP)).isEqualTo(Permission.EVERYBODY);
    assertThat(asked).containsExactly("-7", "-7");
  }

  @Test
  void asksAgainWhenRightsHaveChanged() throws InterruptedException {
    assertThat(of(ANN, GROUP)).isEqualTo(Permission.EVERYBODY);
    promote(5);
    standings.forget(-7);
    assertThat(of(ANN, GROUP)).isEqualTo(Permission.MODERATOR);
  }

  @Test
  void knowsWhoeverSpeaksAsTheGroupWithoutAsking() throws InterruptedException {
    Sender group = new Sender(-7, "Painters", Optional.empty(), OptionalLong.of(-7));
    Sender channel = new Sender(-9, "News", Optional.empty(), OptionalLong.of(-9));
    assertThat(of(group, GROUP)).isEqualTo(Permission.MODERATOR);
    assertThat(asked).isEmpty();
    assertThat(of(channel, GROUP)).isEqualTo(Permission.EVERYBODY);
  }

  @Test
  void trustsNobodyWhileTelegramDoesNotSay() throws InterruptedException {
    promote(5);
    away = true;
    assertThat(of(ANN, GROUP)).isEqualTo(Permission.EVERYBODY);
    assertThat(of(ANN, GROUP)).isEqualTo(Permission.EVERYBODY);
    assertThat(asked).hasSize(1);
    away = false;
    nanos += Duration.ofSeconds(20).toNanos();
    assertThat(of(ANN, GROUP)).isEqualTo(Permission.MODERATOR);
  }

  @Test
  void knowsNobodySpecialInPrivate() throws InterruptedException {
    assertThat(of(ANN, new Room(5, false, OptionalInt.empty()))).isEqualTo(Permission.EVERYBODY);
    assertThat(asked).isEmpty();
  }
}
