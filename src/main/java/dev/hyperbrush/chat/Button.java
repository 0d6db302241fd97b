package dev.hyperbrush.chat;

/** Something to press below an answer. */
public record Button(String label, ActionId action) {}
