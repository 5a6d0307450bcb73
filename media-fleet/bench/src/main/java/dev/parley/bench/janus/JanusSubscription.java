package dev.parley.bench.janus;

import dev.parley.bench.PeerPlan;
import dev.parley.bench.Seat;
import dev.parley.bench.janus.VideoRoomHandle.Feed;
import dev.parley.bench.wire.LightTransport;
import dev.parley.contracts.media.ChannelMessage;
import dev.parley.contracts.media.ChannelMessage.WantedSlot;
import dev.parley.rtp.sdp.MediaDescription;
import dev.parley.rtp.sdp.SessionDescription;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * What one participant receives: the voices first, then a section for each slot it wants, in their order. One thread.
 *
 * <p>A slot that wants another person is switched, one that wants another size gets another layer; sections are neither added nor removed.
 */
final class JanusSubscription implements AutoCloseable {
    /** Streams without layers are sent as they are. */
    private static final int NO_LAYER = -1;

    private final JanusConnection connection;
    private final JanusRoom room;
    private final int voices;
    private final List<String> mids;
    private final List<Shown> shown;

    /** What a section shows. */
    private record Shown(Feed feed, int layer) {}

    private JanusSubscription(
            JanusConnection connection, JanusRoom room, int voices, List<String> mids, List<Shown> shown) {
        this.connection = connection;
        this.room = room;
        this.voices = voices;
        this.mids = mids;
        this.shown = shown;
    }

    /** Subscribes and connects; the connection is closed when that fails. */
    static JanusSubscription open(JanusConnection connection, JanusRoom room, Seat seat, ChannelMessage.Want want)
            throws IOException, InterruptedException {
        List<Shown> shown = new ArrayList<>();
        for (int voice : room.voices(seat.number(), seat.plan().audioSlots())) {
            shown.add(new Shown(new Feed(voice, PeerPlan.MICROPHONE_MID), NO_LAYER));
        }
        int voices = shown.size();
        want.slots().forEach(slot -> shown.add(shown(room, slot)));
        try {
            VideoRoomHandle handle = connection.handle();
            SessionDescription offer = SessionDescription.parse(handle.subscribe(
                    room.id(),
                    shown.stream().map(Shown::feed).toList(),
                    shown.stream().map(Shown::layer).toList()));
            LightTransport transport = connection.transport();
            String answer = JanusSdp.receiving(offer, transport.credentials(), transport.fingerprint());
            handle.start(room.id(), JanusSdp.reachable(answer, transport.address()));
            connection.connect(offer, JanusSdp.ssrcs(offer));
            List<String> mids =
                    offer.media().stream().map(MediaDescription::mid).toList();
            return new JanusSubscription(connection, room, voices, mids, shown);
        } catch (IOException | InterruptedException | RuntimeException e) {
            connection.close();
            throw e;
        }
    }

    /** Makes it show what is wanted now. */
    void change(ChannelMessage.Want want) throws IOException, InterruptedException {
        for (int i = 0; i < want.slots().size() && voices + i < shown.size(); i++) {
            Shown now = shown(room, want.slots().get(i));
            Shown before = shown.set(voices + i, now);
            String mid = mids.get(voices + i);
            if (!now.feed().equals(before.feed())) {
                connection.handle().switchTo(mid, now.feed());
            }
            if (now.layer() != before.layer()) {
                connection.handle().layer(mid, now.layer());
            }
        }
    }

    private static Shown shown(JanusRoom room, WantedSlot slot) {
        int person = JanusRoom.number(slot.participant());
        return new Shown(
                new Feed(person, PeerPlan.CAMERA_MID), room.hasLayers(person) ? layer(slot.height()) : NO_LAYER);
    }

    private static int layer(int height) {
        if (height >= 720) {
            return 2;
        }
        return height >= 360 ? 1 : 0;
    }

    LightTransport transport() {
        return connection.transport();
    }

    @Override
    public void close() {
        connection.close();
    }
}
