package dev.parley.peer;

import java.net.InetAddress;
import java.util.List;

/**
 * How a peer connects.
 *
 * @param addresses local addresses for ICE; loopback is allowed
 * @param audioSlots receive slots for sound
 * @param videoSlots receive slots for pictures
 * @param passive whether to insist on the DTLS server's role, as FFmpeg's WHIP client does
 */
public record PeerOptions(List<InetAddress> addresses, int audioSlots, int videoSlots, boolean passive) {
    /** Keeps a copy of the list. */
    public PeerOptions {
        addresses = List.copyOf(addresses);
    }

    /** Loopback, three audio slots, nine video slots, either DTLS role. */
    public static PeerOptions defaults() {
        return new PeerOptions(List.of(InetAddress.getLoopbackAddress()), 3, 9, false);
    }

    /** The same with other addresses. */
    public PeerOptions withAddresses(List<InetAddress> local) {
        return new PeerOptions(local, audioSlots, videoSlots, passive);
    }

    /** The same with other numbers of slots. */
    public PeerOptions withSlots(int audio, int video) {
        return new PeerOptions(addresses, audio, video, passive);
    }

    /** The same as the DTLS server. */
    public PeerOptions asDtlsServer() {
        return new PeerOptions(addresses, audioSlots, videoSlots, true);
    }
}
