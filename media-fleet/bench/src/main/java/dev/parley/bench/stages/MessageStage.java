package dev.parley.bench.stages;

import dev.parley.sctp.CloseReason;
import dev.parley.sctp.DataChannelListener;
import dev.parley.sctp.DataChannels;
import dev.parley.sctp.Reliability;
import dev.parley.sctp.SctpConfig;
import java.util.Random;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** The data channel without DTLS: a message of 120 characters sent, received and acknowledged; and a packet that came twice. */
@State(Scope.Thread)
public class MessageStage {
    private static final String TEXT =
            "{\"t\":\"speakers\",\"seq\":1234,\"speakers\":[1,2,3]}".repeat(3).substring(0, 120);

    private End near;
    private End far;
    private long nowNanos = 1_000_000_000L;

    @Setup
    public void connect() {
        near = new End(true);
        far = new End(false);
        near.channels.connect(nowNanos);
        while (!near.channels.isEstablished() || !far.channels.isEstablished()) {
            exchange();
        }
        for (int i = 0; i < 100; i++) {
            message();
        }
    }

    private void exchange() {
        boolean moved = true;
        while (moved) {
            moved = near.handTo(far, nowNanos) | far.handTo(near, nowNanos);
        }
    }

    @Benchmark
    public int message() {
        nowNanos += 300_000_000L;
        near.channels.sendText(0, TEXT, nowNanos);
        exchange();
        far.channels.onTimer(nowNanos);
        near.channels.onTimer(nowNanos);
        exchange();
        return far.texts;
    }

    @Benchmark
    public int packetThatCameTwice() {
        far.channels.receive(near.packets[near.largest], 0, near.lengths[near.largest], nowNanos);
        far.count = 0;
        return far.texts;
    }

    private static final class End implements DataChannelListener {
        private static final int WAITING = 16;

        private final DataChannels channels;
        private final byte[][] packets = new byte[WAITING][2048];
        private final int[] lengths = new int[WAITING];
        private int count;
        private int texts;
        /** Where the last packet with a message lies. */
        private int largest;

        End(boolean client) {
            channels = new DataChannels(SctpConfig.defaults(), client, new Random(client ? 1 : 2), this);
            channels.negotiate(0, Reliability.RELIABLE);
        }

        boolean handTo(End other, long nowNanos) {
            int handed = count;
            count = 0;
            for (int i = 0; i < handed; i++) {
                other.channels.receive(packets[i], 0, lengths[i], nowNanos);
            }
            return handed > 0;
        }

        @Override
        public void packet(byte[] bytes, int offset, int length) {
            System.arraycopy(bytes, offset, packets[count], 0, length);
            lengths[count] = length;
            if (length > TEXT.length()) {
                largest = count;
            }
            count++;
        }

        @Override
        public void established() {}

        @Override
        public void opened(int channelId, String label, String protocol, Reliability reliability) {}

        @Override
        public void text(int channelId, String text) {
            texts++;
        }

        @Override
        public void binary(int channelId, byte[] payload) {}

        @Override
        public void channelClosed(int channelId) {}

        @Override
        public void closed(CloseReason reason) {
            throw new IllegalStateException("closed: " + reason);
        }
    }
}
