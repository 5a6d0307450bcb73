package dev.parley.bench.stages;

import dev.parley.sfu.PacketSink;
import dev.parley.sfu.ParticipantSpec;
import dev.parley.sfu.ReceiveSlot;
import dev.parley.sfu.SfuCounters;
import dev.parley.sfu.bwe.SendSideEstimate;
import dev.parley.sfu.slots.AudioSlot;
import dev.parley.sfu.slots.Downlink;
import dev.parley.sfu.slots.SlotStream;
import dev.parley.sfu.slots.VideoSlot;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/** The slots of one receiver whose packets nobody takes. */
final class Receiver implements PacketSink {
    private final VideoSlot[] videoSlots;
    private final AudioSlot[] audioSlots;

    Receiver(long number, int videoCount, int audioCount) {
        List<ReceiveSlot> slots = new ArrayList<>();
        for (int i = 0; i < videoCount + audioCount; i++) {
            slots.add(new ReceiveSlot(i < videoCount, "s" + i, 1000 * number + 2 * i, 1000 * number + 2 * i + 1));
        }
        Downlink downlink = new Downlink(
                new ParticipantSpec(number, List.of(), slots, Streams.FORMATS, Streams.EXTENSIONS),
                this,
                ByteBuffer.allocateDirect(2048),
                new SendSideEstimate(5_000_000, 20_000_000),
                new SfuCounters());
        videoSlots = new VideoSlot[videoCount];
        audioSlots = new AudioSlot[audioCount];
        for (int i = 0; i < videoCount; i++) {
            videoSlots[i] = new VideoSlot(i, new SlotStream(slots.get(i), downlink));
        }
        for (int i = 0; i < audioCount; i++) {
            audioSlots[i] = new AudioSlot(i, new SlotStream(slots.get(videoCount + i), downlink));
        }
    }

    VideoSlot[] videoSlots() {
        return videoSlots;
    }

    AudioSlot[] audioSlots() {
        return audioSlots;
    }

    @Override
    public void rtp(ByteBuffer buffer, int offset, int length) {}

    @Override
    public void rtcp(ByteBuffer buffer, int offset, int length) {}
}
