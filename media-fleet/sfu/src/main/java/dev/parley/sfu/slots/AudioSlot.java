package dev.parley.sfu.slots;

import dev.parley.sfu.tracks.Layer;
import dev.parley.sfu.tracks.MediaPacket;
import dev.parley.sfu.tracks.PacketRun;
import dev.parley.sfu.tracks.Track;
import dev.parley.sfu.tracks.TrackSubscriber;

/** An audio slot of one receiver: plays one voice after the other, each from any packet on. */
public final class AudioSlot implements TrackSubscriber {
    private final int index;
    private final SlotStream stream;
    private Track track;
    private Layer current;
    private long assignedAtNanos;

    /** Slot number {@code index} of a receiver's audio slots. */
    public AudioSlot(int index, SlotStream stream) {
        this.index = index;
        this.stream = stream;
    }

    /** Gives the slot to another voice; null leaves it empty. */
    public void assign(Track newTrack, long nowNanos) {
        if (newTrack == track) {
            return;
        }
        if (track != null) {
            track.unsubscribe(this);
        }
        track = newTrack;
        current = null;
        assignedAtNanos = nowNanos;
        if (track != null) {
            track.subscribe(this);
        }
    }

    /** A track is gone. */
    public void forget(Track gone, long nowNanos) {
        if (track == gone) {
            assign(null, nowNanos);
        }
        stream.forget(gone);
    }

    /** The receiver leaves its room: nothing of it is sent any more. */
    public void leaveRoom(long nowNanos) {
        assign(null, nowNanos);
        stream.forgetAll();
    }

    @Override
    public void onInterrupted() {
        current = null;
    }

    @Override
    public void onPackets(Layer layer, PacketRun run, long nowNanos) {
        if (layer != current) {
            MediaPacket first = run.packet(0);
            if (!stream.decodes(first.format())) {
                return;
            }
            current = layer;
            stream.begin(layer, first, nowNanos);
        }
        stream.forward(run, nowNanos);
    }

    /** Position among the receiver's audio slots. */
    public int index() {
        return index;
    }

    /** The voice in this slot; null when there is none. */
    public Track track() {
        return track;
    }

    /** When the slot got its voice. */
    public long assignedAtNanos() {
        return assignedAtNanos;
    }

    public SlotStream stream() {
        return stream;
    }
}
