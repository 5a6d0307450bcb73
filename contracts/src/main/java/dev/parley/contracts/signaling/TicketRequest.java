package dev.parley.contracts.signaling;

/** {@code POST /ws-tickets}. With {@code meeting_id} the socket may speak in that meeting, whose participant the caller must be. */
public record TicketRequest(String meetingId) {}
