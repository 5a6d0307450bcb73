package dev.parley.rtp.rtcp;

import dev.parley.rtp.extension.TextValue;
import java.nio.ByteBuffer;

/** Walks the items of a source description, chunk after chunk (RFC 3550 section 6.5). A broken item ends the walk. */
public final class SdesReader {
    /** Canonical name item. */
    public static final int CNAME = 1;
    /** RTP stream id item (RFC 8852). */
    public static final int RTP_STREAM_ID = 12;
    /** Media id item (RFC 8843). */
    public static final int MID = 15;

    private ByteBuffer buffer;
    private int position;
    private int end;
    private int chunksLeft;
    private boolean inChunk;
    private int chunkStart;
    private int itemType;
    private int itemOffset;
    private int itemLength;

    /** Starts before the first item of the reader's current packet; false when it is no source description. */
    public boolean tryWrap(RtcpReader packet) {
        if (packet.type() != RtcpReader.SOURCE_DESCRIPTION) {
            return false;
        }
        buffer = packet.buffer();
        position = packet.offset() + 4;
        end = packet.offset() + packet.length();
        chunksLeft = packet.count();
        inChunk = false;
        return true;
    }

    /** Moves to the next item; false at the end. */
    public boolean next() {
        while (true) {
            if (!inChunk) {
                if (chunksLeft == 0 || position + 4 > end) {
                    return false;
                }
                chunksLeft--;
                inChunk = true;
                chunkStart = position;
                position += 4;
            }
            if (position >= end) {
                return false;
            }
            int type = buffer.get(position) & 0xFF;
            if (type == 0) {
                // The end mark and zeros up to the next 32-bit boundary of this chunk.
                position = chunkStart + (position - chunkStart) / 4 * 4 + 4;
                inChunk = false;
                continue;
            }
            if (position + 2 > end || position + 2 + (buffer.get(position + 1) & 0xFF) > end) {
                position = end;
                return false;
            }
            itemType = type;
            itemOffset = position + 2;
            itemLength = buffer.get(position + 1) & 0xFF;
            position = itemOffset + itemLength;
            return true;
        }
    }

    /** The source the current item describes. */
    public long ssrc() {
        return buffer.getInt(chunkStart) & 0xFFFF_FFFFL;
    }

    /** The item's type, such as {@link #CNAME}. */
    public int type() {
        return itemType;
    }

    /** Absolute offset of the item's text. */
    public int textOffset() {
        return itemOffset;
    }

    /** Bytes of the item's text. */
    public int textLength() {
        return itemLength;
    }

    /** The item's text; allocates. */
    public String text() {
        return TextValue.read(buffer, itemOffset, itemLength);
    }
}
