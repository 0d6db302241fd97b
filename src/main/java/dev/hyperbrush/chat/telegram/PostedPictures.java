package dev.hyperbrush.chat.telegram;

import dev.hyperbrush.store.Delivery;
import dev.hyperbrush.store.DeliveryDao;
import java.util.List;
import java.util.Optional;

/** Knows which picture was posted as which message. Thread-safe. */
final class PostedPictures implements MessageReader.Posts {
  private final DeliveryDao deliveries;

  PostedPictures(DeliveryDao deliveries) {
    this.deliveries = deliveries;
  }

  @Override
  public Optional<String> picture(long chat, int message) {
    return deliveries
        .postedLike(
            TelegramAdapter.PLATFORM,
            String.valueOf(chat),
            List.of("%/" + message + ",%", "%," + message + ",%"))
        .flatMap(delivery -> picture(delivery, chat, message));
  }

  private static Optional<String> picture(Delivery delivery, long chat, int message) {
    return delivery
        .message()
        .flatMap(Posted::parse)
        .filter(posted -> posted.chat() == chat)
        .map(posted -> delivery.jobId() + number(posted.pictures(), message));
  }

  private static String number(List<Integer> pictures, int message) {
    int index = pictures.indexOf(message);
    return index < 0 || pictures.size() == 1 ? "" : "." + (index + 1);
  }
}
