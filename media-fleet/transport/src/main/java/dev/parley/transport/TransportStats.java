package dev.parley.transport;

import dev.parley.transport.srtp.SrtpProfile;
import java.net.InetSocketAddress;
import java.util.Optional;

/**
 * One session in figures.
 *
 * @param state where it stands
 * @param remote the nominated address
 * @param profile of SRTP, once the handshake is over
 * @param packetsIn RTP and RTCP packets that proved authentic
 * @param bytesIn their bytes, as received
 * @param packetsOut RTP and RTCP packets sent
 * @param bytesOut their bytes, as sent
 * @param rejectedIn packets that were no authentic, new SRTP
 */
public record TransportStats(
        SessionState state,
        Optional<InetSocketAddress> remote,
        Optional<SrtpProfile> profile,
        long packetsIn,
        long bytesIn,
        long packetsOut,
        long bytesOut,
        long rejectedIn) {}
