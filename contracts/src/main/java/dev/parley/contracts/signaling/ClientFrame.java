package dev.parley.contracts.signaling;

import tools.jackson.databind.JsonNode;

/**
 * Anything a client sends on the socket about rooms; about messages, chat included, {@link
 * dev.parley.contracts.messaging.MessagingCommand} says it. {@code join}, {@code leave} and {@code room-info} need nothing more on a socket whose ticket
 * was for a room; {@code offer} and {@code answer} need {@code target} and {@code sdp};
 * {@code candidate} needs {@code target} and {@code candidate}; {@code screen-share} needs {@code on}; {@code media-control} needs
 * {@code control}; {@code ping} may have {@code at}.
 *
 * @param type which of these it is
 * @param id the client's own name of this command, up to 64 characters; every command that has one is answered with it
 * @param roomId the room it is about, when the ticket was for none
 * @param userId optional in {@code join}: if present it must be the socket's own
 * @param target user or participant id of whom it is for
 * @param on whether a screen share begins or ends
 * @param at the sender's clock, returned unchanged
 */
public record ClientFrame(
        String type,
        String id,
        String roomId,
        String userId,
        String target,
        String sdp,
        JsonNode candidate,
        Boolean on,
        JsonNode control,
        Long at) {}
