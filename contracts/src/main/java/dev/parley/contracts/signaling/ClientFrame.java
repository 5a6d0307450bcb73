package dev.parley.contracts.signaling;

import tools.jackson.databind.JsonNode;

/**
 * Anything a client sends on the socket. Which fields a {@code type} needs is in {@code asyncapi.yaml}.
 *
 * @param type {@code join}, {@code leave}, {@code room-info}, {@code chat}, {@code offer}, {@code answer},
 *     {@code candidate}, {@code screen-share}, {@code media-control} or {@code ping}
 * @param id the client's own name of this command; every command that has one gets an {@code ack} or an {@code error} with it
 * @param roomId the room a {@code join} is about
 * @param userId optional in {@code join}: if present it must be the socket's own
 * @param target user or participant id an offer, answer, candidate or media-control is for
 * @param at the sender's clock in a {@code ping}, returned unchanged
 */
public record ClientFrame(
        String type,
        String id,
        String roomId,
        String userId,
        String target,
        String text,
        String clientMsgId,
        String sdp,
        JsonNode candidate,
        Boolean on,
        JsonNode control,
        Long at) {}
