package dev.hyperbrush.command;

import dev.hyperbrush.queue.JobQueue;
import dev.hyperbrush.store.Database;
import dev.hyperbrush.store.PictureStore;
import java.time.InstantSource;

/**
 * What an adapter to a chat platform is made of. Immutable; everything in it is thread-safe.
 *
 * @param files of pictures
 */
public record AdapterParts(
    Commands commands,
    JobQueue queue,
    Database database,
    PictureStore files,
    InstantSource clock) {}
