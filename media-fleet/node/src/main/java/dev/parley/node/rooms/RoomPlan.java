package dev.parley.node.rooms;

import dev.parley.transport.dtls.Fingerprint;
import java.time.Duration;

/**
 * What every room of a node needs to know.
 *
 * @param nodeId the node
 * @param mediaHost address that answers announce
 * @param fingerprint of the certificate our DTLS side shows
 * @param maxParticipants sessions at once on the whole node
 * @param guardedSessions sessions from which on no new rooms are taken: the rest is for the rooms that are here
 * @param maxSlots receive slots of one participant
 * @param rejoinTime how long somebody whose session has ended still counts as being in
 */
public record RoomPlan(
        String nodeId,
        String mediaHost,
        Fingerprint fingerprint,
        int maxParticipants,
        int guardedSessions,
        int maxSlots,
        Duration rejoinTime) {}
