package dev.hyperbrush.store;

/** A picture file that is not on the disk yet, and its width and height, maybe enlarged. */
@SuppressWarnings("ArrayRecordComponent") // handed from the encoder to the disk, never compared
public record EncodedPicture(byte[] bytes, int width, int height) {}
