package dev.parley.contracts.meetings;

import java.util.List;
import tools.jackson.databind.JsonNode;

/**
 * Everything a client needs to be in the meeting: who it is, what it may publish, where to talk.
 *
 * @param csrc the number that marks this participant's packets, unique in the meeting
 * @param mediaToken for the media exchange, valid 60 s
 * @param iceServers as {@code RTCPeerConnection} takes them
 * @param wsTicket single use, valid 30 s, for the socket's subprotocol
 * @param codecs what the offer is to be restricted to
 */
public record JoinReply(
        String meetingId,
        String roomId,
        String participantId,
        int csrc,
        String role,
        String mediaToken,
        JsonNode iceServers,
        String wsUrl,
        String wsTicket,
        List<String> codecs,
        Slots slots,
        RoomView meeting) {
    /** How many receive slots of each kind the first offer holds. */
    public record Slots(int audio, int video) {}

    /** The meeting as a participant sees it. */
    public record RoomView(String title, boolean locked, String hostId, String meetingType, MeetingSettings settings) {}
}
