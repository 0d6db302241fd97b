package dev.hyperbrush.chat;

import dev.hyperbrush.store.Job;
import dev.hyperbrush.store.Picture;
import java.util.List;

/**
 * A job as a surface shows it. Immutable.
 *
 * @param position in the queue, 1 for the next; 0 when it does not wait
 * @param pictures once it is done
 * @param command the line that asks for exactly this again
 * @param buttons what the person who asked may do with it
 */
public record JobView(
    Job job, int position, List<Picture> pictures, String command, List<Button> buttons) {
  public JobView {
    pictures = List.copyOf(pictures);
    buttons = List.copyOf(buttons);
  }
}
