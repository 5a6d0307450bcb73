package dev.parley.bench;

import dev.parley.rtp.sdp.IceCredentials;
import dev.parley.rtp.stun.StunIntegrity;
import dev.parley.rtp.stun.StunKey;
import dev.parley.rtp.stun.StunMessage;
import dev.parley.rtp.stun.StunWriter;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.charset.StandardCharsets;

/** The controlling side of ICE towards a lite agent with one address (RFC 8445): the check that nominates, and those that keep consent. */
final class IceChecks {
    private static final long PRIORITY = 1_845_501_695L;
    private static final long TIE_BREAKER = 0x5041524C4559L;

    private final byte[] username;
    private final StunKey key;
    private final StunIntegrity integrity = new StunIntegrity();
    private final StunWriter writer = new StunWriter();
    private final ByteBuffer request = ByteBuffer.allocate(256);
    private long transaction;

    IceChecks(IceCredentials local, IceCredentials remote) {
        username = (remote.fragment() + ":" + local.fragment()).getBytes(StandardCharsets.US_ASCII);
        key = new StunKey(remote.password());
    }

    /** Sends a check that nominates. One thread at a time. */
    void send(DatagramChannel channel) throws IOException {
        writer.begin(request.clear(), 0, StunMessage.BINDING_REQUEST, 1, ++transaction)
                .username(username)
                .priority(PRIORITY)
                .controlling(TIE_BREAKER)
                .useCandidate()
                .integrity(integrity, key)
                .fingerprint(integrity);
        channel.write(request.limit(writer.length()));
    }
}
