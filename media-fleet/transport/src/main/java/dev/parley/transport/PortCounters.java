package dev.parley.transport;

import dev.parley.transport.udp.UdpCounters;

/**
 * What one port has done since it was opened.
 *
 * @param udp of the socket
 * @param sessions open now
 * @param stunValid valid checks answered
 * @param stunRefused answered with an error: role conflict, unknown attribute
 * @param stunMalformed dropped
 * @param stunUnknownUfrag dropped: for no session of ours
 * @param stunBadIntegrity dropped: wrong or no MESSAGE-INTEGRITY
 * @param stunIgnored dropped: no request
 * @param dtlsHeld kept for a moment, because they came before a valid check
 * @param dtlsInboxFull dropped: the session's thread read them slower than they came
 * @param dtlsOutboxFull dropped: the agent sent them slower than the session's thread made them
 * @param mediaUnknownAddress dropped: SRTP from an address that is nobody's
 * @param mediaBeforeKeys came before the handshake was over; the first of them are kept and read then
 * @param srtpMalformed dropped
 * @param srtpAuthFailed dropped: forged, damaged or of other keys
 * @param srtpReplayed dropped: seen before or too old
 * @param srtpRefused not sent or not taken for another reason
 * @param sendRepeated not sent: the index was used before
 * @param unknownDatagrams dropped: neither STUN, DTLS nor RTP
 * @param failures unexpected exceptions, each logged once a second at most
 */
public record PortCounters(
        UdpCounters udp,
        int sessions,
        long stunValid,
        long stunRefused,
        long stunMalformed,
        long stunUnknownUfrag,
        long stunBadIntegrity,
        long stunIgnored,
        long dtlsHeld,
        long dtlsInboxFull,
        long dtlsOutboxFull,
        long mediaUnknownAddress,
        long mediaBeforeKeys,
        long srtpMalformed,
        long srtpAuthFailed,
        long srtpReplayed,
        long srtpRefused,
        long sendRepeated,
        long unknownDatagrams,
        long failures) {}
