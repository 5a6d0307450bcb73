package dev.parley.sctp;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;

/** A listener that keeps what it is told, packets copied. */
final class Recorder implements DataChannelListener {
    record Text(int channelId, String text) {}

    record Binary(int channelId, byte[] payload) {}

    record Opened(int channelId, String label, String protocol, Reliability reliability) {}

    final Queue<byte[]> packets = new ArrayDeque<>();
    final List<Text> texts = new ArrayList<>();
    final List<Binary> binaries = new ArrayList<>();
    final List<Opened> opened = new ArrayList<>();
    final List<Integer> channelsClosed = new ArrayList<>();
    final List<CloseReason> closed = new ArrayList<>();
    int established;

    @Override
    public void packet(byte[] bytes, int offset, int length) {
        byte[] copy = new byte[length];
        System.arraycopy(bytes, offset, copy, 0, length);
        packets.add(copy);
    }

    @Override
    public void established() {
        established++;
    }

    @Override
    public void opened(int channelId, String label, String protocol, Reliability reliability) {
        opened.add(new Opened(channelId, label, protocol, reliability));
    }

    @Override
    public void text(int channelId, String text) {
        texts.add(new Text(channelId, text));
    }

    @Override
    public void binary(int channelId, byte[] payload) {
        binaries.add(new Binary(channelId, payload));
    }

    @Override
    public void channelClosed(int channelId) {
        channelsClosed.add(channelId);
    }

    @Override
    public void closed(CloseReason reason) {
        closed.add(reason);
    }

    List<String> textsOn(int channelId) {
        return texts.stream()
                .filter(text -> text.channelId == channelId)
                .map(Text::text)
                .toList();
    }
}
