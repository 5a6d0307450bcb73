package dev.parley.sfu.relay;

import dev.parley.sfu.PayloadFormat;
import dev.parley.sfu.tracks.Layer;
import dev.parley.sfu.tracks.MediaPacket;
import dev.parley.sfu.tracks.PacketRun;
import dev.parley.sfu.tracks.Track;
import dev.parley.sfu.tracks.TrackSubscriber;
import java.util.List;

/**
 * A track of this part as one other part knows it: tells how its layers do, and hands over the packets of those that are watched there. While none is, it
 * does not even see them.
 */
final class Export implements TrackSubscriber {
    /** A bit rate is told anew when it changed by more than this share. */
    private static final long RATE_SHARE = 8;

    private static final double LOUDNESS_STEP = 1;

    private final RelayLink link;
    private final int number;
    private final Track track;
    private final List<PayloadFormat> formats;
    private final MediaPacket cached = new MediaPacket();
    private final Layer[] layers;
    private final int[] lives;
    private final boolean[] toldFlowing;
    private final int[] toldHeight;
    private final long[] toldBitrateBps;
    private final PayloadFormat[] toldFormat;
    private final long[] toldReport;
    private boolean toldMuted;
    private double toldLoudness;
    private boolean toldSpeaking;
    private int wished;
    private int watched;
    private boolean wishChanged;
    private PayloadFormat lastFormat;
    private int lastFormatIndex;

    Export(RelayLink link, int number, Track track, List<PayloadFormat> formats) {
        this.link = link;
        this.number = number;
        this.track = track;
        this.formats = formats;
        int count = track.layerCount();
        layers = new Layer[count];
        lives = new int[count];
        toldFlowing = new boolean[count];
        toldHeight = new int[count];
        toldBitrateBps = new long[count];
        toldFormat = new PayloadFormat[count];
        toldReport = new long[count];
    }

    int number() {
        return number;
    }

    Track track() {
        return track;
    }

    /** The layers wished for over there, as bits. */
    int wished() {
        return wished;
    }

    /** Whether the wish changed since the last call. */
    boolean takeWishChanged() {
        boolean changed = wishChanged;
        wishChanged = false;
        return changed;
    }

    // ---- to the other part

    @Override
    public void onPackets(Layer layer, PacketRun run, long nowNanos) {
        int index = layer.index();
        if ((watched & 1 << index) == 0 || layer != track.layer(index)) {
            // The last packets of a stream that has started over come too late: over there the new one has begun.
            return;
        }
        if (layer != layers[index]) {
            tellLayer(index, layer, nowNanos);
        }
        for (int i = 0; layer == layers[index] && i < run.count(); i++) {
            MediaPacket packet = run.packet(i);
            link.packet(number, index, lives[index], formatIndex(packet.format()), packet);
        }
    }

    @Override
    public void onInterrupted() {
        // The other part interrupts its own receivers.
        tellMuted();
    }

    /** Tells what has changed. */
    void tell(long nowNanos) {
        tellMuted();
        if (track.loudness() != null) {
            tellLoudness();
        }
        for (int i = 0; i < layers.length; i++) {
            Layer layer = track.layer(i);
            if (layer != null) {
                if (changed(i, layer, nowNanos)) {
                    tellLayer(i, layer, nowNanos);
                }
                if ((watched & 1 << i) != 0 && layer == layers[i] && layer.reportNtp() != toldReport[i]) {
                    tellReport(i, layer, nowNanos);
                }
            }
        }
    }

    private void tellMuted() {
        if (track.muted() != toldMuted && link.muted(number, track.muted())) {
            toldMuted = track.muted();
        }
    }

    private void tellLoudness() {
        double value = track.loudness().value();
        boolean speaking = track.loudness().speaking();
        boolean moved = Math.abs(value - toldLoudness) >= LOUDNESS_STEP || value == 0 && toldLoudness != 0;
        if ((moved || speaking != toldSpeaking) && link.loudness(number, value, speaking)) {
            toldLoudness = value;
            toldSpeaking = speaking;
        }
    }

    private boolean changed(int index, Layer layer, long nowNanos) {
        return layer != layers[index]
                || layer.flowing(nowNanos) != toldFlowing[index]
                || layer.height() != toldHeight[index]
                || layer.format() != toldFormat[index]
                || Math.abs(layer.bitrateBps(nowNanos) - toldBitrateBps[index]) * RATE_SHARE > toldBitrateBps[index];
    }

    private void tellLayer(int index, Layer layer, long nowNanos) {
        int life = layer == layers[index] ? lives[index] : lives[index] + 1;
        boolean flowing = layer.flowing(nowNanos);
        long bitrateBps = layer.bitrateBps(nowNanos);
        int format = layer.format() == null ? -1 : formatIndex(layer.format());
        if (link.state(number, index, life, flowing, layer.height(), bitrateBps, format)) {
            layers[index] = layer;
            lives[index] = life;
            toldFlowing[index] = flowing;
            toldHeight[index] = layer.height();
            toldBitrateBps[index] = bitrateBps;
            toldFormat[index] = layer.format();
        }
    }

    private void tellReport(int index, Layer layer, long nowNanos) {
        long age = nowNanos - layer.reportAtNanos();
        if (link.report(number, index, lives[index], layer.reportNtp(), layer.reportTimestamp(), age)) {
            toldReport[index] = layer.reportNtp();
        }
    }

    private int formatIndex(PayloadFormat format) {
        if (format != lastFormat) {
            lastFormat = format;
            lastFormatIndex = formats.indexOf(format);
        }
        return lastFormatIndex;
    }

    // ---- from the other part

    void onWish(int newWished, int newWatched) {
        wishChanged |= wished != newWished;
        wished = newWished;
        for (int i = 0; i < layers.length; i++) {
            if ((newWatched & ~watched & 1 << i) != 0) {
                toldReport[i] = 0;
            }
        }
        if (watched == 0 && newWatched != 0) {
            track.subscribe(this);
        } else if (watched != 0 && newWatched == 0) {
            track.unsubscribe(this);
        }
        watched = newWatched;
    }

    void onKeyFrame(int index) {
        Layer layer = index < layers.length ? track.layer(index) : null;
        if (layer != null && track.source().video()) {
            layer.keyFrames().request();
        }
    }

    void onMissing(int index, int life, int sequenceNumber) {
        Layer layer = index < layers.length ? layers[index] : null;
        if (layer != null
                && life == lives[index]
                && layer.highestSequence() >= 0
                && layer.find(layer.unwrap(sequenceNumber), cached)) {
            link.packet(number, index, life, formatIndex(cached.format()), cached);
        }
    }

    /** Lets go of the track. */
    void end() {
        if (watched != 0) {
            watched = 0;
            track.unsubscribe(this);
        }
    }
}
