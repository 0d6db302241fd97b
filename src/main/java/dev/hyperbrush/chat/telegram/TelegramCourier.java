package dev.hyperbrush.chat.telegram;

import dev.hyperbrush.chat.JobView;
import dev.hyperbrush.chat.JobWords;
import dev.hyperbrush.chat.telegram.TelegramMessages.Words;
import dev.hyperbrush.command.AdapterParts;
import dev.hyperbrush.command.Commands;
import dev.hyperbrush.delivery.Courier;
import dev.hyperbrush.delivery.Outcome;
import dev.hyperbrush.delivery.Post;
import dev.hyperbrush.delivery.Withdrawal;
import dev.hyperbrush.store.JobState;
import dev.hyperbrush.store.TelegramPostDao;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.telegram.telegrambots.meta.api.objects.message.Message;
import org.telegram.telegrambots.meta.api.objects.replykeyboard.InlineKeyboardMarkup;

/**
 * Posts to Telegram. A single picture takes the place of the message that said it was waited for,
 * which can be done again without harm. Telegram does not tell repeated new messages by any number:
 * when the answer to one is lost, it is sent again, and may be there twice. Thread-safe.
 */
final class TelegramCourier implements Courier {
  private final TelegramSender sender;
  private final PicturePoster pictures;
  private final OutgoingPoster words;
  private final Eraser eraser;
  private final Commands commands;
  private final TelegramPostDao begun;

  TelegramCourier(TelegramSender sender, PicturePoster pictures, AdapterParts parts) {
    this.sender = sender;
    this.pictures = pictures;
    this.words = new OutgoingPoster(sender::result, pictures);
    this.eraser = new Eraser(sender, words);
    this.commands = parts.commands();
    this.begun = new TelegramPostDao(parts.database(), parts.clock());
  }

  @Override
  public Outcome post(Post post) throws InterruptedException {
    Optional<TelegramAddress> address = TelegramAddress.parse(post.address());
    if (address.isEmpty()) {
      return new Outcome.NextRung("no address on Telegram: " + post.address());
    }
    try {
      Posted posted = post(post, address.get());
      return posted.isNothing() ? Outcome.done() : Outcome.posted(posted.encode());
    } catch (TelegramFailure failure) {
      return TelegramOutcomes.of(failure, sender.blocked());
    }
  }

  private Posted post(Post post, TelegramAddress to) throws TelegramFailure, InterruptedException {
    if (post.job().state() != JobState.DONE || post.pictures().isEmpty()) {
      return ended(post, to);
    }
    JobView view = commands.result(post.job(), post.language());
    return post.pictures().size() == 1 ? one(post, view, to) : several(post, view, to);
  }

  private Posted one(Post post, JobView view, TelegramAddress to)
      throws TelegramFailure, InterruptedException {
    Optional<InlineKeyboardMarkup> keyboard = TelegramKeyboard.of(post.language(), view);
    List<Message> messages =
        pictures.post(
            sender::result,
            to,
            new PicturePost(
                post.pictures(),
                TelegramMessages.caption(post.language(), post.job()),
                post.job().spoiler(),
                keyboard));
    return to instanceof TelegramAddress.Message of
        ? Posted.nothing(of.chat(), post.language()).withPictures(List.of(of.messageId()))
        : posted(messages, post.language());
  }

  /** An album, a message with the buttons that an album cannot have, and no word of waiting. */
  private Posted several(Post post, JobView view, TelegramAddress to)
      throws TelegramFailure, InterruptedException {
    Locale language = post.language();
    Optional<Posted> before = begun.find(post.nonce()).flatMap(Posted::parse);
    Posted whole = before.isPresent() ? before.get() : album(post, to);
    if (whole.words().isEmpty()) {
      String settings = TelegramMessages.settings(language, post.job());
      Words below = new Words(TelegramHtml.escape(settings), TelegramKeyboard.of(language, view));
      whole = whole.withWords(words.words(to, below).getMessageId());
      begun.put(post.nonce(), whole.encode());
    }
    if (to instanceof TelegramAddress.Message waiting) {
      eraser.remove(waiting.chat(), waiting.messageId());
    }
    return whole;
  }

  private Posted album(Post post, TelegramAddress to) throws TelegramFailure, InterruptedException {
    List<Message> messages =
        pictures.post(
            sender::result,
            to,
            new PicturePost(
                post.pictures(),
                TelegramMessages.prompt(post.job(), TelegramHtml.LONGEST_CAPTION),
                post.job().spoiler(),
                Optional.empty()));
    Posted album = posted(messages, post.language());
    begun.put(post.nonce(), album.encode());
    return album;
  }

  /** In the chat where they have come to be. */
  private static Posted posted(List<Message> messages, Locale language) {
    return Posted.nothing(messages.getFirst().getChatId(), language)
        .withPictures(messages.stream().map(Message::getMessageId).toList());
  }

  /** There is no picture: a sentence says why. */
  private Posted ended(Post post, TelegramAddress to) throws TelegramFailure, InterruptedException {
    Posted nothing = Posted.nothing(to.chat(), post.language());
    String sentence = TelegramHtml.plain(JobWords.ended(post.language(), post.job()));
    Words said =
        new Words(
            TelegramHtml.escape(TelegramHtml.cut(sentence, TelegramHtml.LONGEST_TEXT)),
            new TelegramKeyboard()
                .add(commands.view(post.job(), post.language()).buttons())
                .markup());
    if (to instanceof TelegramAddress.Message of) {
      words.change(of, said);
      return nothing.withWords(of.messageId());
    }
    if (post.known()) {
      return nothing;
    }
    Message message = words.words(to, said);
    return Posted.nothing(message.getChatId(), post.language()).withWords(message.getMessageId());
  }

  @Override
  public Outcome withdraw(Withdrawal withdrawal) throws InterruptedException {
    Optional<Posted> posted =
        withdrawal
            .message()
            .or(() -> begun.find(withdrawal.nonce()))
            .flatMap(Posted::parse)
            .or(() -> waiting(withdrawal));
    try {
      if (posted.isPresent()) {
        eraser.erase(posted.get(), withdrawal.jobId());
      }
      begun.forget(withdrawal.nonce());
      return Outcome.done();
    } catch (TelegramFailure failure) {
      return TelegramOutcomes.of(failure, sender.blocked());
    }
  }

  /** Of what has not ended, the message that says it is waited for. */
  private static Optional<Posted> waiting(Withdrawal withdrawal) {
    return TelegramAddress.parse(withdrawal.address())
        .filter(TelegramAddress.Message.class::isInstance)
        .map(TelegramAddress.Message.class::cast)
        .map(of -> Posted.nothing(of.chat(), Locale.ENGLISH).withWords(of.messageId()));
  }
}
