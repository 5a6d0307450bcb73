package dev.parley.rtp.sdp;

/**
 * An ICE candidate (RFC 8839 section 5.1).
 *
 * @param foundation what candidates of one origin share
 * @param component 1 for RTP and all that is multiplexed with it
 * @param transport {@code udp} or {@code tcp}, lower case
 * @param priority unsigned 31 bits
 * @param address IPv4, IPv6 or a name (mDNS)
 * @param port 0 to 65535
 * @param type {@code host}, {@code srflx}, {@code prflx} or {@code relay}
 * @param extensions what follows the type, such as {@code tcptype passive}; may be empty
 */
public record IceCandidate(
        String foundation,
        int component,
        String transport,
        long priority,
        String address,
        int port,
        String type,
        String extensions) {
    /** A UDP host candidate. */
    public static IceCandidate udpHost(String address, int port, long priority) {
        return new IceCandidate("1", 1, "udp", priority, address, port, "host", "");
    }

    /** The value as SDP writes it, without {@code a=}. */
    public String line() {
        String line = "candidate:" + foundation + ' ' + component + ' ' + transport + ' ' + priority + ' ' + address
                + ' ' + port + " typ " + type;
        return extensions.isEmpty() ? line : line + ' ' + extensions;
    }
}
