package dev.parley.peer.rtc;

import dev.parley.peer.media.MediaFile;

/** Plays the Opus loop: the frame at any moment follows from the time of day. */
final class VoiceTrack {
    private final MediaFile file;
    private final OutgoingStream stream;
    private long last = Long.MIN_VALUE;
    private boolean muted;

    VoiceTrack(MediaFile file, OutgoingStream stream) {
        this.file = file;
        this.stream = stream;
    }

    OutgoingStream stream() {
        return stream;
    }

    void muted(boolean silent) {
        muted = silent;
    }

    /** Sends the frame of this moment, unless it has been sent; the time of the next one. */
    long play(long epochNanos) {
        long number = epochNanos / file.frameNanos();
        if (number != last) {
            boolean resumes = last == Long.MIN_VALUE || number != last + 1;
            last = number;
            MediaFile.Frame frame =
                    file.frames().get((int) (number % file.frames().size()));
            if (!muted) {
                stream.send(
                        frame.data(), 0, frame.data().length, number * file.ticksPerFrame(), resumes, frame.level());
            }
        }
        return (number + 1) * file.frameNanos();
    }
}
