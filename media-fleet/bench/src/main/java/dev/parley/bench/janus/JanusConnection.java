package dev.parley.bench.janus;

import dev.parley.bench.wire.LightTransport;
import dev.parley.bench.wire.RemoteSide;
import dev.parley.rtp.sdp.SessionDescription;
import dev.parley.transport.dtls.DtlsConnection;
import dev.parley.transport.dtls.DtlsRole;
import java.io.IOException;
import java.util.Set;

/** One of a participant's connections to Janus: a handle of its interface and the transport that belongs to it. */
final class JanusConnection implements AutoCloseable {
    private final VideoRoomHandle handle;
    private final LightTransport transport;
    private volatile DtlsConnection dtls;

    JanusConnection(VideoRoomHandle handle, LightTransport transport) {
        this.handle = handle;
        this.transport = transport;
    }

    VideoRoomHandle handle() {
        return handle;
    }

    LightTransport transport() {
        return transport;
    }

    /**
     * Connects to what Janus has described; returns when both sides see the connection.
     *
     * @param ssrcs the streams that come in
     */
    void connect(SessionDescription described, Set<Long> ssrcs) throws IOException, InterruptedException {
        dtls = transport.connect(
                RemoteSide.read(described, true, DtlsRole.SERVER, ssrcs, JanusSdp.transportSequenceId(described)));
        handle.awaitConnected();
    }

    @Override
    public void close() {
        try {
            handle.detach();
        } catch (IOException e) {
            System.err.println("a participant could not leave: " + e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        if (dtls != null) {
            dtls.close();
        }
        transport.close();
    }
}
