package dev.hyperbrush.chat.telegram;

import dev.hyperbrush.command.AdapterParts;
import dev.hyperbrush.store.DeliveryDao;
import dev.hyperbrush.store.HistoryDao;
import dev.hyperbrush.store.PersonLookup;
import dev.hyperbrush.store.SeenLanguageDao;
import dev.hyperbrush.store.TelegramFileDao;
import dev.hyperbrush.store.TelegramUpdateDao;
import java.util.function.BooleanSupplier;
import org.telegram.telegrambots.meta.api.objects.User;

/** Wires what deals with updates, once it is known who the bot is. */
final class DeskSetup {
  static Inbox inbox(
      User me,
      AdapterParts parts,
      Outlets outlets,
      Standings standings,
      Lanes lanes,
      BooleanSupplier stopping) {
    TelegramSender sender = outlets.sender();
    Callers callers =
        new Callers(
            standings,
            outlets.moves(),
            new SeenLanguageDao(parts.database(), TelegramAdapter.PLATFORM));
    Answers answers =
        new Answers(
            new OutgoingPoster(sender::answer, PicturePoster.of(parts))::send,
            sender,
            parts.queue(),
            me.getUserName(),
            stopping);
    TelegramFileDao files = new TelegramFileDao(parts.database());
    SearchDesk searches =
        new SearchDesk(
            parts.commands(),
            new HistoryDao(parts.database()),
            new PersonLookup(parts.database()),
            picture -> files.find(picture, TelegramFileDao.Form.PHOTO),
            callers,
            sender);
    Desk desk =
        new Desk(
            new MessageDesk(
                parts.commands(),
                new MessageReader(
                    parts.commands().verbs(),
                    new PostedPictures(new DeliveryDao(parts.database()))),
                callers,
                answers,
                me.getUserName(),
                parts.clock()),
            new PressDesk(parts.commands(), callers, answers),
            searches,
            answers,
            callers,
            sender,
            standings,
            outlets.moves());
    return new Inbox(
        new TelegramUpdateDao(parts.database(), me.getId()),
        new UpdateReader(me.getId()),
        lanes,
        parts.clock(),
        desk);
  }

  private DeskSetup() {}
}
