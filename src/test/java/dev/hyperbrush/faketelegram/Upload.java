package dev.hyperbrush.faketelegram;

/** A file that came with a request. Immutable by agreement: nobody writes to the bytes. */
@SuppressWarnings("ArrayRecordComponent")
record Upload(String fileName, byte[] bytes) {}
