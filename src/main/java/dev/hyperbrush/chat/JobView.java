package dev.hyperbrush.chat;

import dev.hyperbrush.store.Job;
import dev.hyperbrush.store.Picture;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * A job as a surface shows it. Immutable.
 *
 * @param position in the queue, 1 for the next; 0 when it does not wait
 * @param readyIn until its pictures are there, about; empty when that is not known
 * @param waiting whether its end could not be told where it was asked for, and so is told here
 * @param pictures once it is done
 * @param command the line that asks for exactly this again
 * @param buttons what the person who asked may do with it
 */
public record JobView(
    Job job,
    int position,
    Optional<Duration> readyIn,
    boolean waiting,
    List<Picture> pictures,
    String command,
    List<Button> buttons) {
  public JobView {
    pictures = List.copyOf(pictures);
    buttons = List.copyOf(buttons);
  }
}
