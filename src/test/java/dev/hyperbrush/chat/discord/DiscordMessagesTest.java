package dev.hyperbrush.chat.discord;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hyperbrush.chat.ActionId;
import dev.hyperbrush.chat.Attachment;
import dev.hyperbrush.chat.Button;
import dev.hyperbrush.chat.Card;
import dev.hyperbrush.chat.JobView;
import dev.hyperbrush.chat.Reply;
import dev.hyperbrush.generation.GenerationRequest;
import dev.hyperbrush.generation.ImageSize;
import dev.hyperbrush.generation.Phrase;
import dev.hyperbrush.generation.ReasonCode;
import dev.hyperbrush.generation.Seed;
import dev.hyperbrush.queue.Place;
import dev.hyperbrush.store.Job;
import dev.hyperbrush.store.JobState;
import dev.hyperbrush.store.NewJob;
import dev.hyperbrush.store.Origin;
import dev.hyperbrush.store.Picture;
import dev.hyperbrush.store.PictureStore;
import dev.hyperbrush.store.Route;
import java.io.ByteArrayInputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import net.dv8tion.jda.api.components.actionrow.ActionRow;
import net.dv8tion.jda.api.components.mediagallery.MediaGallery;
import net.dv8tion.jda.api.components.textdisplay.TextDisplay;
import net.dv8tion.jda.api.components.utils.ComponentIterator;
import net.dv8tion.jda.api.utils.FileUpload;
import net.dv8tion.jda.api.utils.data.DataObject;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class DiscordMessagesTest {
  private static final byte[] PIXELS = {1, 2, 3};
  private static final Instant NOW = Instant.ofEpochSecond(1_800_000_000);
  private static final Locale EN = Locale.ENGLISH;

  @TempDir private Path data;
  private PictureStore files;
  private DiscordMessages messages;

  @BeforeEach
  void open() {
    files = PictureStore.open(data);
    messages = new DiscordMessages(files, () -> NOW);
  }

  @Test
  void anAnswerIsItsTextItsNoticesAndItsButtons() {
    Reply reply =
        Reply.text("3 * 4 @everyone")
            .withNotices(List.of(Phrase.of(ReasonCode.SIZE_CHANGED, "100x100", "104x104", "m")))
            .withButtons(List.of(button("again", 1), button("delete", 1)));
    DiscordMessage message = messages.answer(reply, EN, PictureUploads.USUAL_FILE);
    assertThat(texts(message).getFirst()).isEqualTo("3 \\* 4 \\@everyone");
    assertThat(texts(message).get(1)).startsWith("-# ").contains("104x104");
    assertThat(json(message).toString())
        .contains("\"custom_id\":\"again:1:0\"", "\"custom_id\":\"delete:1:0\"");
    assertThat(message.create().toData().getObject("allowed_mentions").getArray("parse")).isEmpty();
    assertThat(message.edit().toData().getObject("allowed_mentions").getArray("parse")).isEmpty();
    assertThat(message.edit().toData().getArray("attachments")).isEmpty();
    assertThat(message.edit().toData().getInt("flags")).isEqualTo(1 << 15);
  }

  @Test
  void cardsBecomeBlocksAndManyOfThemLines() {
    DiscordMessage few = messages.answer(cards(3), EN, PictureUploads.USUAL_FILE);
    assertThat(json(few).toString()).contains("\"type\":17").contains("**title 2**");
    assertThat(texts(few)).first().isEqualTo("List:");
    DiscordMessage many = messages.answer(cards(10), EN, PictureUploads.USUAL_FILE);
    assertThat(json(many).toString()).doesNotContain("\"type\":17").contains("**title 9**");
    assertThat(ids(many)).contains("policy.remove:9:0", "more:5:0");
    assertThat(isCut(many)).isFalse();
  }

  @Test
  void aLineThatACardSaysTooIsSaidOnce() {
    Card queue = new Card("Queue", List.of(new Card.Field("Waiting", "0")), List.of());
    Reply reply = Reply.text("Waiting: 0\nYours: 0").withCards(List.of(queue));
    DiscordMessage message = messages.answer(reply, EN, PictureUploads.USUAL_FILE);
    assertThat(texts(message)).first().asString().startsWith("**Queue**");
  }

  @Test
  void noMorePicturesAreShownThanAMessageMayHaveFiles() {
    List<Card> models =
        IntStream.range(0, 13)
            .mapToObj(i ->
                new Card("model " + i, List.of(new Card.Field("Sizes", "512x512")), List.of())
                    .withPicture(
                        new Attachment(
                            i + ".jpg", "image/jpeg", 3, () -> new ByteArrayInputStream(PIXELS))))
            .toList();
    DiscordMessage message =
        messages.answer(Reply.text("Models").withCards(models), EN, PictureUploads.USUAL_FILE);
    assertThat(names(message)).hasSize(9);
    assertThat(json(message).toString()).contains("model 12");
  }

  private static Reply cards(int count) {
    return Reply.text("List:\nsaid\nby the cards")
        .withCards(
            IntStream.range(0, count)
                .mapToObj(i ->
                    new Card(
                        "title " + i,
                        List.of(new Card.Field("Who", "me")),
                        List.of(button("policy remove", i))))
                .toList())
        .withButtons(List.of(button("more", 5)));
  }

  @Test
  void aListOfJobsHasTheirButtonsBesideTheLines() {
    List<JobView> views = Stream.of(1L, 2L, 3L).map(id -> view(id, JobState.DONE, 0)).toList();
    DiscordMessage message =
        messages.answer(
            Reply.text("Yours:\n#1 a\n#2 b\n#3 c\nlast").withJobs(views),
            EN,
            PictureUploads.USUAL_FILE);
    assertThat(ids(message)).containsExactly("show:1:0", "show:2:0", "show:3:0");
    assertThat(texts(message)).containsExactly("Yours:", "\\#1 a", "\\#2 b", "\\#3 c", "last");
  }

  @Test
  void whatWaitsCountsDownByItself() {
    JobView view = view(7, JobState.QUEUED, 3);
    DiscordMessage message = messages.queued(Reply.text("number 3").withJobs(List.of(view)), EN);
    assertThat(texts(message).get(1)).contains("number 3").contains("<t:1800000050:R>");
    assertThat(ids(message)).containsExactly("cancel:7:0");
    DiscordMessage drawing = messages.jobs().underWay(view, EN, Place.NONE, 2);
    assertThat(texts(drawing).get(1)).contains("50%");
  }

  @Test
  void aResultIsAGalleryWithItsSettingsAndButtons() {
    JobView view = done(8, 2, true, 1000);
    DiscordMessage message = messages.jobs().ended(view, EN, PictureUploads.USUAL_FILE);
    MediaGallery gallery = (MediaGallery) message.components().getFirst();
    assertThat(gallery.getItems()).hasSize(2).allMatch(item -> item.isSpoiler());
    assertThat(gallery.getItems().getFirst().getDescription()).isEqualTo("a *red* circle");
    assertThat(names(message)).containsExactly("hyperbrush-8-1.png", "hyperbrush-8-2.png");
    assertThat(texts(message).getFirst()).isEqualTo("a \\*red\\* circle");
    assertThat(texts(message).get(1)).contains("seed 5");
  }

  @Test
  void whatDoesNotFitBecomesJpegAndSaysSo() {
    JobView view = done(9, 1, false, 300_000);
    DiscordMessage message = messages.jobs().ended(view, EN, 100_000);
    assertThat(names(message)).containsExactly("hyperbrush-9-1.jpg");
    assertThat(texts(message).get(1)).contains("JPEG");
  }

  @Test
  void aFailureSaysWhyAndShowsNoPicture() {
    JobView view = view(10, JobState.CANCELLED, 0);
    DiscordMessage message = messages.jobs().ended(view, EN, PictureUploads.USUAL_FILE);
    assertThat(texts(message)).containsExactly("a \\*red\\* circle", "Picture 10 was cancelled.");
  }

  @Test
  void ofALongTextTheWholeIsInAFile() throws Exception {
    String text = "word_ ".repeat(1500);
    DiscordMessage message = messages.answer(Reply.text(text), EN, PictureUploads.USUAL_FILE);
    assertThat(isCut(message)).isTrue();
    try (FileUpload file = files(message).getFirst()) {
      assertThat(file.getData()).hasContent(text);
    }
  }

  @Test
  void anAttachmentIsSent() {
    Attachment file =
        new Attachment(
            "a.json", "application/json", 2, () -> new ByteArrayInputStream(new byte[2]));
    assertThat(
            names(
                messages.answer(
                    Reply.text("x").withAttachment(file), EN, PictureUploads.USUAL_FILE)))
        .containsExactly("a.json");
  }

  @Test
  void anAnswerWithoutAnythingIsAMessageToo() {
    assertThat(messages.answer(Reply.text(""), EN, PictureUploads.USUAL_FILE).components())
        .hasSize(1);
  }

  @Test
  void whateverIsAnsweredKeepsToTheLimits() {
    for (int seed = 0; seed < 100; seed++) {
      Hostile hostile = new Hostile(seed);
      Reply reply =
          Reply.text(hostile.text(hostile.upTo(9000)))
              .withCards(hostileCards(hostile))
              .withJobs(hostile.maybe() ? List.of() : hostileJobs(hostile))
              .withButtons(hostileButtons(hostile, hostile.upTo(12)));
      check(messages.answer(reply, EN, PictureUploads.USUAL_FILE));
      check(messages.queued(reply, Locale.JAPANESE));
    }
  }

  private void check(DiscordMessage message) {
    assertThat(ComponentIterator.createStream(message.components()).count())
        .isLessThanOrEqualTo(40);
    assertThat(texts(message).stream().mapToInt(String::length).sum()).isLessThanOrEqualTo(4000);
    assertThat(texts(message)).isNotEmpty().noneMatch(String::isBlank);
    List<String> ids = ids(message);
    assertThat(ids).doesNotHaveDuplicates().allMatch(id -> id.length() <= 100);
    message.create().close(); // JDA's own checks
    message.edit().close();
    ComponentIterator.createStream(message.components())
        .filter(ActionRow.class::isInstance)
        .forEach(row -> assertThat(((ActionRow) row).getComponents()).hasSizeBetween(1, 5));
  }

  private static List<Card> hostileCards(Hostile hostile) {
    List<Card> cards = new ArrayList<>();
    int count = hostile.upTo(12);
    for (int i = 0; i < count; i++) {
      List<Card.Field> fields =
          IntStream.range(0, hostile.upTo(9))
              .mapToObj(_ -> new Card.Field(hostile.text(9), hostile.text(hostile.upTo(500))))
              .toList();
      cards.add(
          new Card(
              hostile.text(hostile.upTo(300)), fields, hostileButtons(hostile, hostile.upTo(7))));
    }
    return cards;
  }

  private static List<Button> hostileButtons(Hostile hostile, int count) {
    return IntStream.range(0, count)
        .mapToObj(_ ->
            new Button(
                hostile.text(hostile.upTo(120)),
                new ActionId("vary", hostile.upTo(40), hostile.upTo(3))))
        .toList();
  }

  private static List<JobView> hostileJobs(Hostile hostile) {
    return IntStream.rangeClosed(1, 1 + hostile.upTo(20))
        .mapToObj(id -> view(id, hostile.maybe() ? JobState.QUEUED : JobState.FAILED, 2))
        .toList();
  }

  private static Button button(String verb, long id) {
    return new Button(verb, new ActionId(verb, id, 0));
  }

  private static JobView view(long id, JobState state, int position) {
    Optional<Duration> ready =
        position == 0 ? Optional.empty() : Optional.of(Duration.ofSeconds(50));
    return new JobView(
        job(id, state, 1, false),
        position,
        ready,
        false,
        List.of(),
        "/imagine",
        List.of(button(state.ended() ? "delete" : "cancel", id)));
  }

  private JobView done(long id, int count, boolean spoiler, int bytes) {
    Job job = job(id, JobState.DONE, count, spoiler);
    List<Picture> pictures = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      byte[] png = TestPictures.noise(bytes, i);
      pictures.add(new Picture(id, i, new Seed(5 + i), files.add(png), 8, 8, png.length));
    }
    return new JobView(
        job, 0, Optional.empty(), false, pictures, "/imagine", List.of(button("again", id)));
  }

  private static Job job(long id, JobState state, int count, boolean spoiler) {
    GenerationRequest request =
        new GenerationRequest(
            "tiny_model",
            "a *red* circle",
            "",
            new ImageSize(64, 64),
            4,
            1,
            "TCD",
            0,
            new Seed(5),
            count,
            List.of(),
            0);
    Job job =
        Job.queued(
            id,
            new NewJob(
                1,
                new Origin("discord", "5", Optional.empty()),
                request,
                Optional.empty(),
                spoiler,
                1,
                Route.NONE),
            NOW);
    return new Job(
        id,
        1,
        job.origin(),
        request,
        state,
        NOW,
        Optional.empty(),
        Optional.empty(),
        0,
        Optional.empty(),
        List.of(),
        Optional.empty(),
        spoiler);
  }

  private static boolean isCut(DiscordMessage message) {
    return names(message).contains("answer.txt");
  }

  private static List<FileUpload> files(DiscordMessage message) {
    return List.copyOf(message.create().getAllDistinctFiles());
  }

  private static List<String> names(DiscordMessage message) {
    return files(message).stream().map(FileUpload::getName).toList();
  }

  private static List<String> texts(DiscordMessage message) {
    return ComponentIterator.createStream(message.components())
        .filter(TextDisplay.class::isInstance)
        .map(part -> ((TextDisplay) part).getContent())
        .toList();
  }

  private static List<String> ids(DiscordMessage message) {
    return ComponentIterator.createStream(message.components())
        .filter(net.dv8tion.jda.api.components.buttons.Button.class::isInstance)
        .map(part -> ((net.dv8tion.jda.api.components.buttons.Button) part).getCustomId())
        .toList();
  }

  private static DataObject json(DiscordMessage message) {
    return message.create().toData();
  }
}
