package dev.hyperbrush.chat.telegram;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.hyperbrush.chat.telegram.Incoming.Membership;
import dev.hyperbrush.chat.telegram.Incoming.Moved;
import dev.hyperbrush.chat.telegram.Incoming.Pressed;
import dev.hyperbrush.chat.telegram.Incoming.Replied;
import dev.hyperbrush.chat.telegram.Incoming.Room;
import dev.hyperbrush.chat.telegram.Incoming.Said;
import dev.hyperbrush.chat.telegram.Incoming.Searched;
import dev.hyperbrush.chat.telegram.Incoming.Sender;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.telegram.telegrambots.meta.api.objects.Update;

/** Reads updates as Telegram writes them; quotes are single ones here. */
final class UpdateReaderTest {
  private static final long BOT = 99;
  private static final String ANN =
      "{'id':5,'is_bot':false,'first_name':'Ann','last_name':'Lee','language_code':'pt-br'}";
  private static final String GROUP = "{'id':-7,'type':'group','title':'Painters'}";
  private static final String PRIVATE = "{'id':5,'type':'private','first_name':'Ann'}";
  private static final Sender SENDER =
      new Sender(5, "Ann Lee", Optional.of("pt-br"), OptionalLong.empty());
  private static final Room ROOM = new Room(-7, true, OptionalInt.empty());

  private static Optional<Incoming> read(String update) throws JsonProcessingException {
    String json = "{'update_id':1," + update + "}";
    return new UpdateReader(BOT)
        .read(new ObjectMapper().readValue(json.replace('\'', '"'), Update.class));
  }

  private static Optional<Incoming> message(String chat, String more)
      throws JsonProcessingException {
    return read("'message':{'message_id':8,'date':100,'chat':" + chat + "," + more + "}");
  }

  @Test
  void readsWhatIsSaid() throws JsonProcessingException {
    assertThat(message(PRIVATE, "'from':" + ANN + ",'text':'a fox'"))
        .contains(
            new Said(
                SENDER,
                new Room(5, false, OptionalInt.empty()),
                8,
                100,
                "a fox",
                Optional.empty(),
                OptionalLong.empty()));
    assertThat(message(GROUP, "'from':" + ANN + ",'text':'/imagine a fox'"))
        .contains(
            new Said(
                SENDER, ROOM, 8, 100, "/imagine a fox", Optional.empty(), OptionalLong.empty()));
  }

  @Test
  void readsCaptionsAndTopics() throws JsonProcessingException {
    String photo = "'photo':[{'file_id':'x','file_unique_id':'y','width':1,'height':1}]";
    String topic = "'is_topic_message':true,'message_thread_id':3";
    assertThat(
            message(
                GROUP, "'from':" + ANN + "," + photo + "," + topic + ",'caption':'/imagine a fox'"))
        .hasValueSatisfying(said -> {
          assertThat(((Said) said).text()).isEqualTo("/imagine a fox");
          assertThat(((Said) said).room().thread()).hasValue(3);
        });
  }

  @Test
  void takesTheThreadOfAReplyForNoTopic() throws JsonProcessingException {
    assertThat(message(GROUP, "'from':" + ANN + ",'text':'/help','message_thread_id':3"))
        .map(said -> ((Said) said).room())
        .contains(ROOM);
  }

  @Test
  void readsToWhatAMessageReplies() throws JsonProcessingException {
    String keyboard =
        "'reply_markup':{'inline_keyboard':[[{'text':'Again','callback_data':'again:12:0'},"
            + "{'text':'Seed','copy_text':{'text':'4'}}]]}";
    String reply =
        "'reply_to_message':{'message_id':7,'date':90,'chat':"
            + GROUP
            + ",'from':{'id':%s,'is_bot':true,'first_name':'x'},'caption':'#12',"
            + keyboard
            + "}";
    String text = "'from':" + ANN + ",'text':'wow',";
    assertThat(message(GROUP, text + reply.formatted(BOT)))
        .map(said -> ((Said) said).replied())
        .contains(Optional.of(new Replied(7, "#12", List.of("again:12:0"))));
    assertThat(message(GROUP, text + reply.formatted(98))).isEmpty();
    assertThat(message(GROUP, "'from':" + ANN + ",'text':'/ban'," + reply.formatted(98)))
        .map(said -> ((Said) said).about())
        .contains(OptionalLong.of(98));
  }

  @Test
  void takesTheBeginningOfATopicForNobodysMessage() throws JsonProcessingException {
    String begun =
        "'reply_to_message':{'message_id':3,'date':90,'chat':"
            + GROUP
            + ",'from':{'id':98,'is_bot':false,'first_name':'x'},"
            + "'forum_topic_created':{'name':'Foxes','icon_color':1}}";
    String topic = "'is_topic_message':true,'message_thread_id':3,";
    assertThat(message(GROUP, "'from':" + ANN + ",'text':'/ban'," + topic + begun))
        .map(said -> ((Said) said).about())
        .contains(OptionalLong.empty());
  }

  @Test
  void knowsInWhoseNameARepliedMessageIs() throws JsonProcessingException {
    String reply =
        "'reply_to_message':{'message_id':3,'date':90,'chat':"
            + GROUP
            + ",'from':{'id':136817688,'is_bot':true,'first_name':'Channel'},"
            + "'sender_chat':{'id':-1009,'type':'channel','title':'News'}}";
    assertThat(message(GROUP, "'from':" + ANN + ",'text':'/ban'," + reply))
        .map(said -> ((Said) said).about())
        .contains(OptionalLong.of(-1009));
  }

  @Test
  void knowsUnnamedAdministratorsAsTheGroup() throws JsonProcessingException {
    String mouthpiece = "'from':{'id':1087968824,'is_bot':true,'first_name':'Group'}";
    assertThat(
            message(
                GROUP,
                mouthpiece
                    + ",'sender_chat':"
                    + GROUP
                    + ",'author_signature':'boss','text':'/queue'"))
        .map(said -> ((Said) said).sender())
        .contains(new Sender(-7, "Painters (boss)", Optional.empty(), OptionalLong.of(-7)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "'from':{'id':8,'is_bot':true,'first_name':'x'},'text':'/imagine'",
        "'from':{'id':777000,'is_bot':false,'first_name':'x'},'text':'/imagine'",
        "'from':{'id':8,'is_bot':false,'first_name':'x'},'is_automatic_forward':true,"
            + "'sender_chat':{'id':-9,'type':'channel','title':'News'},'text':'/imagine'",
        "'from':{'id':8,'is_bot':false,'first_name':'x'},"
            + "'via_bot':{'id':99,'is_bot':true,'first_name':'x'},'text':'/imagine'",
        "'from':{'id':8,'is_bot':false,'first_name':'x'},'text':'good morning'",
        "'from':{'id':8,'is_bot':false,'first_name':'x'}",
        "'text':'/imagine'"
      })
  void passesOverWhatIsNotForIt(String more) throws JsonProcessingException {
    assertThat(message(GROUP, more)).isEmpty();
  }

  @Test
  void passesOverWhatIsEditedLater() throws JsonProcessingException {
    String message =
        "{'message_id':8,'date':100,'chat':" + PRIVATE + ",'from':" + ANN + ",'text':'a fox'}";
    assertThat(read("'edited_message':" + message)).isEmpty();
    assertThat(read("'channel_post':" + message)).isEmpty();
    assertThat(read("'poll':{'id':'4'}")).isEmpty();
  }

  @Test
  void readsButtons() throws JsonProcessingException {
    String press = "'callback_query':{'id':'44','chat_instance':'1','data':'again:12:0','from':";
    String message = "'message':{'message_id':8,'date':%s,'chat':" + GROUP + "%s}}";
    assertThat(read(press + ANN + "," + message.formatted(100, ",'text':'x'")))
        .contains(new Pressed(SENDER, "44", Optional.of(ROOM), 8, true, "again:12:0"));
    assertThat(read(press + ANN + "," + message.formatted(0, "")))
        .contains(new Pressed(SENDER, "44", Optional.of(ROOM), 8, false, "again:12:0"));
    assertThat(read(press + ANN + ",'inline_message_id':'7'}"))
        .contains(new Pressed(SENDER, "44", Optional.empty(), 0, false, "again:12:0"));
  }

  @Test
  void readsSearches() throws JsonProcessingException {
    assertThat(read("'inline_query':{'id':'4','from':" + ANN + ",'query':'fox','offset':'9'}"))
        .contains(new Searched(SENDER, "4", "fox", "9"));
  }

  @Test
  void readsMovesFromBothSides() throws JsonProcessingException {
    assertThat(message(GROUP, "'migrate_to_chat_id':-1007")).contains(new Moved(-7, -1007));
    assertThat(message(GROUP, "'migrate_from_chat_id':-6")).contains(new Moved(-6, -7));
  }

  @Test
  void readsChangesOfRights() throws JsonProcessingException {
    String bot = "'user':{'id':99,'is_bot':true,'first_name':'x'}";
    String change =
        "{'chat':%s,'from':%s,'date':100,'old_chat_member':{'status':'%s',%s},"
            + "'new_chat_member':{'status':'%s',%s}}";
    assertThat(read("'my_chat_member':" + change.formatted(GROUP, ANN, "left", bot, "member", bot)))
        .contains(new Membership(SENDER, ROOM, true));
    assertThat(
            read("'my_chat_member':" + change.formatted(GROUP, ANN, "member", bot, "kicked", bot)))
        .contains(new Membership(SENDER, ROOM, false));
    String ann = "'user':" + ANN;
    assertThat(read("'chat_member':" + change.formatted(GROUP, ANN, "left", ann, "member", ann)))
        .contains(new Membership(SENDER, ROOM, false));
    assertThat(read("'chat_member':" + change.formatted(GROUP, ANN, "left", ann, "king", ann)))
        .contains(new Membership(SENDER, ROOM, false));
  }

  @Test
  void isKeptAsJson() throws JsonProcessingException {
    Said said =
        new Said(
            SENDER,
            new Room(-7, true, OptionalInt.of(3)),
            8,
            100,
            "a “fox”",
            Optional.of(new Replied(7, "#12", List.of("again:12:0"))),
            OptionalLong.of(4));
    for (Incoming each :
        List.of(
            said,
            new Pressed(SENDER, "44", Optional.of(ROOM), 8, true, "again:12:0"),
            new Moved(-7, -1007),
            new Membership(SENDER, ROOM, true))) {
      assertThat(IncomingJson.read(IncomingJson.write(each))).contains(each);
    }
    assertThat(IncomingJson.read("{\"kind\":\"other\"}")).isEmpty();
    assertThat(IncomingJson.read("{")).isEmpty();
  }
}
