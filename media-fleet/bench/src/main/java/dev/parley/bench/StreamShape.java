package dev.parley.bench;

/**
 * How an outgoing stream looks.
 *
 * @param mid the section it belongs to, told in its first packets; empty when the offer told its SSRC
 * @param rid its layer, empty without simulcast
 * @param framesPerSecond frames, or audio packets, a second
 * @param packetsPerFrame packets of a frame
 * @param payloadBytes of every packet
 * @param width of the picture, 0 for audio
 * @param level audio level, 0 loudest; audio only
 */
record StreamShape(
        long ssrc,
        String mid,
        String rid,
        int framesPerSecond,
        int packetsPerFrame,
        int payloadBytes,
        int width,
        int height,
        int level) {
    /** With 20 bytes of header here, 8 more that the node adds (source and section), and 16 of tag: 1200 at the receiver. */
    private static final int FULL_PAYLOAD_BYTES = 1156;

    /** A camera of 30 frames a second and 1200-byte packets. */
    static StreamShape camera(int packetsPerFrame) {
        return new StreamShape(PeerPlan.CAMERA_SSRC, "", "", 30, packetsPerFrame, FULL_PAYLOAD_BYTES, 1280, 720, 0);
    }

    /**
     * A camera's layer: q 120 kb/s, h 500 kb/s, f 1.5 Mb/s.
     *
     * @param number its sender's; no two senders have the same SSRCs, as with browsers, because a server may tell by them that it has switched
     */
    static StreamShape layer(int number, String rid) {
        String mid = PeerPlan.CAMERA_MID;
        long ssrc = PeerPlan.CAMERA_SSRC + 100L * number;
        return switch (rid) {
            case "q" -> new StreamShape(ssrc, mid, rid, 30, 1, 460, 320, 180, 0);
            case "h" -> new StreamShape(ssrc + 10, mid, rid, 30, 2, 1040, 640, 360, 0);
            default -> new StreamShape(ssrc + 20, mid, rid, 30, 6, 1040, 1280, 720, 0);
        };
    }

    /** A microphone: 50 packets a second of 80 bytes. */
    static StreamShape microphone(int level) {
        return new StreamShape(PeerPlan.MICROPHONE_SSRC, "", "", 50, 1, 80, 0, 0, level);
    }

    boolean video() {
        return width > 0;
    }

    long frameNanos() {
        return 1_000_000_000L / framesPerSecond;
    }
}
