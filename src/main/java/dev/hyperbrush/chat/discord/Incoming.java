package dev.hyperbrush.chat.discord;

import net.dv8tion.jda.api.events.interaction.GenericInteractionCreateEvent;

/** An interaction with all that Discord says of it. Immutable. */
record Incoming(GenericInteractionCreateEvent event, InteractionFacts facts) {}
