package dev.parley.node.rooms;

import dev.parley.transport.dtls.Fingerprint;

/**
 * What every room of a node needs to know.
 *
 * @param nodeId the node
 * @param mediaHost address that answers announce
 * @param fingerprint of the certificate our DTLS side shows
 * @param maxParticipants sessions at once on the whole node
 * @param maxSlots receive slots of one participant
 */
public record RoomPlan(String nodeId, String mediaHost, Fingerprint fingerprint, int maxParticipants, int maxSlots) {}
