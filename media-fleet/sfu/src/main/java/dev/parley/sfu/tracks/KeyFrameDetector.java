package dev.parley.sfu.tracks;

import dev.parley.rtp.payload.Av1Payload;
import dev.parley.rtp.payload.H264Payload;
import dev.parley.rtp.payload.Vp8Payload;
import dev.parley.rtp.payload.Vp9Payload;

/** Tells where key frames begin, for every video codec, and how high a VP8 picture is. */
final class KeyFrameDetector {
    private final Vp8Payload vp8 = new Vp8Payload();
    private final Vp9Payload vp9 = new Vp9Payload();
    private int height;

    boolean keyFrameStart(MediaPacket packet) {
        height = 0;
        return switch (packet.format().codec()) {
            case VP8 -> vp8Start(packet);
            case VP9 ->
                vp9.tryWrap(packet.buffer(), packet.payloadOffset(), packet.payloadLength()) && vp9.startOfKeyFrame();
            case H264 -> H264Payload.startOfKeyFrame(packet.buffer(), packet.payloadOffset(), packet.payloadLength());
            case AV1 -> Av1Payload.startOfKeyFrame(packet.buffer(), packet.payloadOffset(), packet.payloadLength());
            case OPUS -> false;
        };
    }

    private boolean vp8Start(MediaPacket packet) {
        if (!vp8.tryWrap(packet.buffer(), packet.payloadOffset(), packet.payloadLength()) || !vp8.startOfKeyFrame()) {
            return false;
        }
        height = vp8.height();
        return true;
    }

    /** Picture height when the last packet told it, else 0. */
    int height() {
        return height;
    }
}
