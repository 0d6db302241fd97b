package dev.hyperbrush.store;

/**
 * Names one picture.
 *
 * @param index within its job, from 0
 */
public record PictureRef(long jobId, int index) {}
