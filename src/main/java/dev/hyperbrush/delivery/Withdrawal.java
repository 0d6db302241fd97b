package dev.hyperbrush.delivery;

import java.util.Optional;

/**
 * What was posted about a job and is to be taken back. Immutable.
 *
 * @param jobId of a job that is deleted
 * @param address where it was posted last, or would have been first
 * @param message what the platform calls the post; empty when there is none, or its number was lost
 *     with a connection
 * @param nonce of the post
 */
public record Withdrawal(long jobId, String address, Optional<String> message, String nonce) {}
