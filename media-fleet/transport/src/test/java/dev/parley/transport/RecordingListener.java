package dev.parley.transport;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Writes down what a session says, in one line each. */
class RecordingListener implements TransportListener {
    final List<String> events = new CopyOnWriteArrayList<>();
    final List<byte[]> rtp = new CopyOnWriteArrayList<>();
    final List<byte[]> rtcp = new CopyOnWriteArrayList<>();

    @Override
    public void connected() {
        events.add("connected");
    }

    @Override
    public void rtp(ByteBuffer buffer, int offset, int length, long nowNanos) {
        rtp.add(copy(buffer, offset, length));
    }

    @Override
    public void rtcp(ByteBuffer buffer, int offset, int length, long nowNanos) {
        rtcp.add(copy(buffer, offset, length));
    }

    @Override
    public void disconnected() {
        events.add("disconnected");
    }

    @Override
    public void reconnected() {
        events.add("reconnected");
    }

    @Override
    public void closed(CloseReason reason, String detail) {
        events.add("closed " + reason);
    }

    @Override
    public void channelOpen(int channelId, String label) {
        events.add("open " + channelId + " " + label);
    }

    @Override
    public void text(int channelId, String message) {
        events.add("text " + channelId + " " + message);
    }

    @Override
    public void binary(int channelId, byte[] message) {
        events.add("binary " + channelId + " " + message.length);
    }

    private static byte[] copy(ByteBuffer buffer, int offset, int length) {
        byte[] bytes = new byte[length];
        buffer.get(offset, bytes);
        return bytes;
    }
}
