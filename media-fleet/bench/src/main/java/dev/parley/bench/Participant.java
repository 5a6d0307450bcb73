package dev.parley.bench;

import dev.parley.bench.wire.LightTransport;
import dev.parley.contracts.media.ChannelMessage;

/** Someone in a room of a media server. */
public interface Participant extends AutoCloseable {
    Seat seat();

    /** Where its media goes out. */
    LightTransport sending();

    /** Where media comes in, the same as {@link #sending()} if the server does both on one; null until it receives. */
    LightTransport receiving();

    /** Tells the server what it wants to see from now on. Any thread; does not wait for the server. */
    void want(ChannelMessage.Want want);

    /** Leaves. */
    @Override
    void close();
}
