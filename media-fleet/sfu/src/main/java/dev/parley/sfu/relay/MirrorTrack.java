package dev.parley.sfu.relay;

import dev.parley.sfu.PayloadFormat;
import dev.parley.sfu.tracks.Gathering;
import dev.parley.sfu.tracks.Layer;
import dev.parley.sfu.tracks.MediaPacket;
import dev.parley.sfu.tracks.Track;
import java.util.List;

/**
 * A track of another part as this part has it: a {@link Track} of its own, with caches of its own, that this part's receivers subscribe to as to any
 * other; fed with what comes over the link.
 */
final class MirrorTrack {
    private static final int MAX_ASKED = 64;
    /** A ring is as fast as memory: what is missing is asked for again as soon as patience allows. */
    private static final long ROUND_TRIP_NANOS = 0;

    private final RelayLink link;
    private final int number;
    private final Track track;
    private final List<PayloadFormat> formats;
    private final Gathering gathering;
    private final int[] lives;
    private final int[] due = new int[MAX_ASKED];
    private int toldWished;
    private int toldWatched;

    MirrorTrack(RelayLink link, int number, Track track, List<PayloadFormat> formats, Gathering gathering) {
        this.gathering = gathering;
        this.link = link;
        this.number = number;
        this.track = track;
        this.formats = formats;
        lives = new int[track.layerCount()];
    }

    int number() {
        return number;
    }

    Track track() {
        return track;
    }

    // ---- from the other part

    void onPacket(int index, int life, int format, MediaPacket packet, long nowNanos) {
        // What nobody watches any more, or again, is not the continuation of anything.
        if ((toldWatched & 1 << index) == 0 || life != lives[index]) {
            return;
        }
        Layer layer = track.layer(index);
        packet.header(layer.unwrap((int) packet.sequence()), packet.timestamp(), packet.marker(), formats.get(format));
        if (!layer.onPacket(packet, false, nowNanos) || track.muted()) {
            return;
        }
        if (layer.keeps()) {
            gathering.add(layer, packet, nowNanos);
        } else {
            gathering.forwardAtOnce(layer, packet, nowNanos);
        }
    }

    void onState(int index, int life, boolean flowing, int height, long bitrateBps, int format) {
        PayloadFormat named = format < 0 ? null : formats.get(format);
        track.relayed().tell(index, flowing, height, bitrateBps, named);
        if (named != null && (track.layer(index) == null || life != lives[index])) {
            lives[index] = life;
            track.start(index, 0, named.codec().clockRate());
        }
    }

    void onLoudness(double value, boolean speaking) {
        if (track.loudness() != null) {
            track.loudness().tell(value, speaking);
        }
    }

    void onReport(int index, int life, long ntpTime, long timestamp, long atNanos) {
        Layer layer = track.layer(index);
        if (layer != null && life == lives[index]) {
            layer.onSenderReport(ntpTime, timestamp, atNanos);
        }
    }

    // ---- to the other part

    /** Says what is wanted here, when that changed. */
    void tellWish() {
        boolean video = track.source().video();
        int wished = video ? track.relayed().wished() : 0;
        int watched = video ? track.relayed().watched() : track.watched() ? 1 : 0;
        if (wished == toldWished && watched == toldWatched || !link.wish(number, wished, watched)) {
            return;
        }
        int given = toldWatched & ~watched;
        toldWished = wished;
        toldWatched = watched;
        for (int i = 0; given != 0 && i < lives.length; i++) {
            // Packets will be left out: whoever watches it next begins with nothing.
            if ((given & 1 << i) != 0 && track.layer(i) != null) {
                track.start(i, 0, track.layer(i).clockRate());
            }
        }
    }

    /** Asks for key frames and lost packets, as far as each is due. */
    void request(long nowNanos) {
        for (int i = 0; track.source().video() && i < lives.length; i++) {
            if ((toldWatched & 1 << i) != 0 && track.layer(i) != null) {
                request(i, track.layer(i), nowNanos);
            }
        }
    }

    private void request(int index, Layer layer, long nowNanos) {
        if (layer.keyFrames().takeDue(nowNanos) && !link.keyFrame(number, index)) {
            layer.keyFrames().request();
        }
        int count = layer.missing().size() == 0 ? 0 : layer.missing().due(nowNanos, ROUND_TRIP_NANOS, due);
        for (int i = 0; i < count; i++) {
            link.missing(number, index, lives[index], due[i]);
        }
    }
}
