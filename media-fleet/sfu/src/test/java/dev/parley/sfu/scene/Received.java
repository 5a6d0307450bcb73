package dev.parley.sfu.scene;

import dev.parley.rtp.extension.ExtensionUri;
import java.util.Map;

/**
 * One RTP packet that a guest got from the node.
 *
 * @param elements raw values of its header extension elements, by what the guest's offer mapped their ids to
 * @param strangeElements how many elements had an id that the guest never mapped
 * @param imprint what the packet says about itself; null for padding
 */
public record Received(
        long nanos,
        int payloadType,
        boolean marker,
        int sequenceNumber,
        long timestamp,
        long ssrc,
        long csrc,
        Map<ExtensionUri, byte[]> elements,
        int strangeElements,
        byte[] payload,
        Imprint imprint) {

    public int transportSequence() {
        byte[] value = elements.get(ExtensionUri.TRANSPORT_SEQUENCE);
        return value == null ? -1 : (value[0] & 0xFF) << 8 | value[1] & 0xFF;
    }

    public String mid() {
        byte[] value = elements.get(ExtensionUri.MID);
        return value == null ? null : new String(value, java.nio.charset.StandardCharsets.ISO_8859_1);
    }
}
