package dev.hyperbrush.command;

import dev.hyperbrush.policy.Choices;
import dev.hyperbrush.policy.ModerationSettings;
import dev.hyperbrush.policy.OperatorSettings;
import dev.hyperbrush.queue.JobQueue;
import dev.hyperbrush.store.Database;
import dev.hyperbrush.store.PictureStore;
import java.time.InstantSource;
import java.util.random.RandomGenerator;

/**
 * What the verbs work with. Immutable; everything in it is thread-safe.
 *
 * @param files of pictures
 * @param operator what whoever runs the program has decided
 * @param moderation whom the configuration makes a moderator
 * @param chance source of seeds and codes; must be safe for use by several threads
 */
public record Parts(
    Database database,
    PictureStore files,
    JobQueue queue,
    Choices choices,
    OperatorSettings operator,
    ModerationSettings moderation,
    InstantSource clock,
    RandomGenerator chance) {}
