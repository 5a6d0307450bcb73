package dev.parley.sfu.scene;

import dev.parley.rtp.RtpWriter;
import dev.parley.rtp.extension.ExtensionUri;
import dev.parley.rtp.extension.TextValue;
import dev.parley.sfu.Codec;
import dev.parley.sfu.PayloadFormat;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.Map;

/** One RTP stream as a publisher sends it, with its retransmissions. */
public final class Sender {
    private final Guest guest;
    private final String mid;
    private final String rid;
    private final int layer;
    private final Codec codec;
    private final int height;
    public final long ssrc;
    public final long rtxSsrc;
    private final Map<Integer, byte[]> sent = new HashMap<>();
    private final Map<Integer, Long> timestamps = new HashMap<>();
    private final Map<Integer, Boolean> markers = new HashMap<>();

    private long sequence;
    private int rtxSequence = 7;
    private long timestampBase;
    private int pictureId;
    private int tl0;
    public boolean active = true;
    public boolean keyFrameAsked = true;
    public int keyFrameRequests;
    public int audioLevel = 20;
    public int orientation = -1;
    public int packetsPerFrame = 3;
    public int packetBytes = 400;
    /** An element id nobody mapped, added to each packet when not 0. */
    public int strangeElement;

    Sender(Guest guest, String mid, String rid, int layer, Codec codec, int height, long ssrc) {
        this.guest = guest;
        this.mid = mid;
        this.rid = rid;
        this.layer = layer;
        this.codec = codec;
        this.height = height;
        this.ssrc = ssrc;
        this.rtxSsrc = ssrc + 1;
        // Each stream starts somewhere else, near the points where numbers wrap.
        sequence = 0x10000L + (ssrc * 7919 & 0xFFFF);
        timestampBase = ssrc * 104729 & 0xFFFF_FFFFL;
        pictureId = (int) (ssrc * 31 & 0x7FFF);
        tl0 = (int) (ssrc & 0xFF);
    }

    /** Sends one frame, or one audio packet, at the scene's time. */
    public void frame() {
        if (!active) {
            return;
        }
        if (codec == Codec.OPUS) {
            packet(false, true, true);
            return;
        }
        boolean key = keyFrameAsked;
        keyFrameAsked = false;
        pictureId = pictureId + 1 & 0x7FFF;
        tl0 = tl0 + 1 & 0xFF;
        for (int i = 0; i < packetsPerFrame; i++) {
            packet(key, i == 0, i == packetsPerFrame - 1);
        }
    }

    private void packet(boolean key, boolean first, boolean last) {
        long timestamp = timestampBase + guest.scene().nanos() / 1000 * codec.clockRate() / 1_000_000 & 0xFFFF_FFFFL;
        Imprint imprint = new Imprint(guest.number(), layer, sequence, timestamp, pictureId, tl0, key && first);
        ByteBuffer payload = ByteBuffer.allocate(packetBytes);
        for (int i = 0; i < packetBytes; i++) {
            payload.put(i, (byte) (sequence * 31 + i * 7));
        }
        describe(payload, key, first);
        imprint.write(payload, packetBytes - Imprint.BYTES);
        ByteBuffer packet = ByteBuffer.allocate(1500);
        RtpWriter writer =
                begin(packet, format().payloadType(), last, (int) sequence & 0xFFFF, timestamp, ssrc, rid, null);
        writer.payload(payload, 0, packetBytes);
        byte[] bytes = new byte[writer.length()];
        packet.get(0, bytes);
        byte[] kept = payload.array().clone();
        sent.put((int) sequence & 0xFFFF, kept);
        timestamps.put((int) sequence & 0xFFFF, timestamp);
        markers.put((int) sequence & 0xFFFF, last);
        sequence++;
        guest.send(bytes);
    }

    /** Sends a packet of nothing but padding, as a sender without retransmissions probes. */
    public void padding() {
        ByteBuffer packet = ByteBuffer.allocate(300);
        long timestamp = timestampAt(guest.scene().nanos());
        RtpWriter writer =
                begin(packet, format().payloadType(), false, (int) sequence & 0xFFFF, timestamp, ssrc, rid, null);
        writer.padding(200);
        byte[] bytes = new byte[writer.length()];
        packet.get(0, bytes);
        sequence++;
        guest.send(bytes);
    }

    private PayloadFormat format() {
        return guest.dialect().format(codec);
    }

    private RtpWriter begin(
            ByteBuffer into,
            int pt,
            boolean marker,
            int seq,
            long timestamp,
            long ofSsrc,
            String ridValue,
            String repaired) {
        Dialect dialect = guest.dialect();
        RtpWriter writer = new RtpWriter().begin(into, 0, pt, marker, seq, timestamp, ofSsrc);
        writer.beginExtensions(dialect.twoByte());
        text(writer, ExtensionUri.MID, mid);
        text(writer, ExtensionUri.RID, ridValue);
        text(writer, ExtensionUri.REPAIRED_RID, repaired);
        if (dialect.id(ExtensionUri.TRANSPORT_SEQUENCE) != 0) {
            into.putShort(writer.extension(dialect.id(ExtensionUri.TRANSPORT_SEQUENCE), 2), (short)
                    guest.nextTransportSequence());
        }
        if (codec == Codec.OPUS && dialect.id(ExtensionUri.AUDIO_LEVEL) != 0 && audioLevel >= 0) {
            into.put(writer.extension(dialect.id(ExtensionUri.AUDIO_LEVEL), 1), (byte) (0x80 | audioLevel));
        }
        if (orientation >= 0 && dialect.id(ExtensionUri.VIDEO_ORIENTATION) != 0) {
            into.put(writer.extension(dialect.id(ExtensionUri.VIDEO_ORIENTATION), 1), (byte) orientation);
        }
        if (strangeElement != 0) {
            into.put(writer.extension(strangeElement, 1), (byte) 0x5A);
        }
        return writer.endExtensions();
    }

    private void text(RtpWriter writer, ExtensionUri uri, String value) {
        int id = guest.dialect().id(uri);
        if (id != 0 && value != null && !value.isEmpty()) {
            writer.extension(id, TextValue.bytes(value));
        }
    }

    private void describe(ByteBuffer payload, boolean key, boolean first) {
        if (codec == Codec.VP8) {
            payload.put(0, (byte) (0x80 | (first ? 0x10 : 0)));
            payload.put(1, (byte) 0xE0);
            payload.putShort(2, (short) (0x8000 | pictureId));
            payload.put(4, (byte) tl0);
            payload.put(5, (byte) 0x20);
            if (first) {
                payload.put(6, (byte) (key ? 0x10 : 0x11));
                payload.putShort(7, (short) 0);
                payload.put(9, (byte) 0x9D);
                payload.put(10, (byte) 0x01);
                payload.put(11, (byte) 0x2A);
                payload.putShort(12, Short.reverseBytes((short) (height * 16 / 9)));
                payload.putShort(14, Short.reverseBytes((short) height));
                if (!key) {
                    payload.put(9, (byte) 0);
                }
            }
        } else if (codec == Codec.H264) {
            payload.put(0, (byte) (key && first ? 0x65 : 0x61));
        } else if (codec == Codec.VP9) {
            payload.put(0, (byte) (0x80 | (key ? 0 : 0x40) | (first ? 0x08 : 0)));
            payload.putShort(1, (short) (0x8000 | pictureId));
        }
    }

    /** Answers a NACK on the retransmission stream; ignored for a packet never sent. */
    void resend(int sequenceNumber) {
        byte[] payload = sent.get(sequenceNumber);
        int pt = format().rtxPayloadType();
        if (payload == null || pt < 0) {
            return;
        }
        ByteBuffer packet = ByteBuffer.allocate(1500);
        RtpWriter writer = begin(
                packet,
                pt,
                markers.get(sequenceNumber),
                rtxSequence++ & 0xFFFF,
                timestamps.get(sequenceNumber),
                rtxSsrc,
                null,
                rid);
        writer.payloadShort(sequenceNumber);
        writer.payload(ByteBuffer.wrap(payload), 0, payload.length);
        byte[] bytes = new byte[writer.length()];
        packet.get(0, bytes);
        guest.send(bytes);
    }

    /** The timestamp this stream has at a time of the scene. */
    public long timestampAt(long nanos) {
        return timestampBase + nanos / 1000 * codec.clockRate() / 1_000_000 & 0xFFFF_FFFFL;
    }

    /** The next sequence number, unwrapped. */
    public long nextSequence() {
        return sequence;
    }

    /** Numbers used up by packets that nobody gets. */
    public void skip(int count) {
        sequence += count;
    }

    public String mid() {
        return mid;
    }
}
