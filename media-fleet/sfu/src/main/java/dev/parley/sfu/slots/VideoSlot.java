package dev.parley.sfu.slots;

import dev.parley.sfu.Source;
import dev.parley.sfu.WantedSlot;
import dev.parley.sfu.tracks.Layer;
import dev.parley.sfu.tracks.MediaPacket;
import dev.parley.sfu.tracks.PacketRun;
import dev.parley.sfu.tracks.Track;
import dev.parley.sfu.tracks.TrackSubscriber;

/**
 * A video slot of one receiver. It carries the layer it was told to, and changes to another one at a key frame of that one; until then the one before
 * goes on, as long as it is of the same track.
 */
public final class VideoSlot implements TrackSubscriber {
    private final int index;
    private final SlotStream stream;
    private final MediaPacket cached = new MediaPacket();
    private WantedSlot want;
    private Track track;
    private Layer current;
    private Layer pending;
    /** The layers that the track shows this slot, as bits. */
    private int shown;

    /** Slot number {@code index} of a receiver's video slots. */
    public VideoSlot(int index, SlotStream stream) {
        this.index = index;
        this.stream = stream;
        want = new WantedSlot(index, 0, Source.CAMERA, 0, 0, 0, false);
    }

    /**
     * Takes a new wish.
     *
     * @param newTrack the track it names, null when that is not there
     */
    public void want(WantedSlot newWant, Track newTrack) {
        want = newWant;
        if (newTrack == track) {
            return;
        }
        stop();
        if (track != null) {
            track.unsubscribe(this);
        }
        track = newTrack;
        if (track != null) {
            track.subscribe(this);
            track.show(this, 0);
        }
        shown = 0;
    }

    /** Has the track show what is sent and what is waited for, and nothing else: most of a slot's life that is one layer of three. */
    private void show() {
        int wanted = bit(current) | bit(pending);
        if (wanted != shown && track != null) {
            shown = wanted;
            track.show(this, wanted);
        }
    }

    private static int bit(Layer layer) {
        return layer == null ? 0 : 1 << layer.index();
    }

    /** Takes the wish to show nothing. */
    public void wantNothing() {
        boolean already = want.participant() == 0 && want.height() == 0 && !want.stage();
        want(already ? want : new WantedSlot(index, 0, want.source(), 0, 0, 0, false), null);
    }

    /** The track this slot showed is gone. */
    public void forget(Track gone) {
        if (track == gone) {
            want(want, null);
        }
        stream.forget(gone);
    }

    /** The receiver leaves its room: nothing of it is sent any more, nor sent again. What is wanted stays wanted. */
    public void leaveRoom() {
        want(want, null);
        stream.forgetAll();
    }

    /** Changes to a layer of the slot's track at its next key frame, for which is asked. */
    public void changeTo(Layer layer) {
        if (layer == current) {
            pending = null;
        } else {
            pending = layer;
            layer.keyFrames().request();
        }
        show();
    }

    /** Waits for what was being sent to flow again: as nothing was left out, no key frame is needed then. */
    public void rest() {
        pending = null;
        if (current != null && track.layer(current.index()) != current) {
            current = null;
        }
        show();
    }

    /** Sends nothing until {@link #changeTo}. */
    public void stop() {
        current = null;
        pending = null;
        show();
    }

    @Override
    public void onInterrupted() {
        stop();
    }

    @Override
    public void onPackets(Layer layer, PacketRun run, long nowNanos) {
        if (layer == current) {
            stream.forward(run, nowNanos);
        } else if (layer == pending) {
            for (int i = 0; i < run.count() && layer == pending; i++) {
                if (run.packet(i).keyFrameStart()) {
                    begin(layer, run.packet(i), nowNanos);
                    return;
                }
            }
        }
    }

    private void begin(Layer layer, MediaPacket first, long nowNanos) {
        if (!stream.decodes(first.format())) {
            return;
        }
        pending = null;
        current = layer;
        show();
        stream.begin(layer, first, nowNanos);
        stream.forward(first, nowNanos);
        // Its other packets are kept already: those of this run, and those that overtook the first one.
        for (long next = first.sequence() + 1; next <= layer.highestSequence(); next++) {
            if (layer.find(next, cached)) {
                stream.forward(cached, nowNanos);
            }
        }
    }

    /** A receiver misses a packet of this slot; see {@link SlotStream#resend}. */
    public boolean resend(int sequenceNumber, long roundTripNanos, long nowNanos) {
        return stream.resend(sequenceNumber, roundTripNanos, nowNanos);
    }

    /** The receiver cannot decode what it got: asks for a key frame of what is being sent. */
    public void requestKeyFrame() {
        if (current != null) {
            current.keyFrames().request();
        }
        if (pending != null) {
            pending.keyFrames().request();
        }
    }

    /** Position among the receiver's video slots. */
    public int index() {
        return index;
    }

    /** What the receiver would like to see here. */
    public WantedSlot want() {
        return want;
    }

    /** The track wanted here; null while it is not there. */
    public Track track() {
        return track;
    }

    /** The layer being sent; null when none is. */
    public Layer current() {
        return current;
    }

    /** The layer whose key frame is awaited; null when none is. */
    public Layer pending() {
        return pending;
    }

    /** Whether the receiver cannot decode this layer. */
    public boolean refuses(Layer layer) {
        return layer != null && layer.format() != null && !stream.decodes(layer.format());
    }

    public SlotStream stream() {
        return stream;
    }
}
