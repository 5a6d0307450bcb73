package dev.parley.sfu.scene;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.rtp.SequenceUnwrapper;
import dev.parley.rtp.extension.ExtensionUri;
import dev.parley.rtp.payload.Vp8Payload;
import dev.parley.sfu.Codec;
import dev.parley.sfu.ReceiveSlot;
import java.nio.ByteBuffer;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Holds everything a guest got against the slot contract, packet by packet. */
public final class SlotWatch {
    private static final int CLOCK_VIDEO = 90_000;
    private static final int CLOCK_AUDIO = 48_000;

    private SlotWatch() {}

    /** Checks all slots and the transport-wide numbers of a guest; answers how often its video slots changed what they carry. */
    public static int check(Guest guest) {
        checkTransportNumbers(guest);
        int changes = 0;
        for (ReceiveSlot slot : guest.slots()) {
            int changed = checkSlot(guest, slot);
            changes += slot.video() ? changed : 0;
        }
        return changes;
    }

    /** Checks one video slot of a guest; answers how often it changed what it carries. */
    public static int checkVideo(Guest guest, int slot) {
        return checkSlot(
                guest,
                guest.slots().stream().filter(ReceiveSlot::video).toList().get(slot));
    }

    private static void checkTransportNumbers(Guest guest) {
        if (guest.dialect().id(ExtensionUri.TRANSPORT_SEQUENCE) == 0) {
            return;
        }
        int expected = 0;
        for (Received packet : guest.received) {
            assertThat(packet.transportSequence()).isEqualTo(expected);
            expected = expected + 1 & 0xFFFF;
        }
    }

    private static int checkSlot(Guest guest, ReceiveSlot slot) {
        List<Received> packets = guest.of(slot.ssrc());
        int payloadType =
                guest.dialect().format(slot.video() ? Codec.VP8 : Codec.OPUS).payloadType();
        int clock = slot.video() ? CLOCK_VIDEO : CLOCK_AUDIO;
        SequenceUnwrapper unwrapper = new SequenceUnwrapper();
        Set<Long> seen = new HashSet<>();
        Imprint previous = null;
        Received newest = null;
        long highest = -1;
        long difference = 0;
        long timestampDifference = 0;
        int changes = 0;
        for (Received packet : packets) {
            assertThat(packet.payloadType()).isEqualTo(payloadType);
            assertThat(packet.mid()).isEqualTo(slot.mid());
            assertThat(packet.strangeElements()).isZero();
            assertThat(packet.elements()).doesNotContainKeys(ExtensionUri.RID, ExtensionUri.REPAIRED_RID);
            assertThat(packet.csrc()).isEqualTo(packet.imprint().publisher());
            long sequence = unwrapper.unwrap(packet.sequenceNumber());
            assertThat(seen.add(sequence)).as("number %d twice", sequence).isTrue();
            Imprint imprint = packet.imprint();
            boolean change = previous == null
                    || imprint.publisher() != previous.publisher()
                    || imprint.layer() != previous.layer()
                    || sequence - imprint.sequence() != difference;
            // Who was away for a moment, or looked elsewhere, and missed nothing: the slot begins anew all the same.
            change |= newest != null
                    && (packet.timestamp() - imprint.timestamp() & 0xFFFF_FFFFL) != timestampDifference
                    && guest.scene().startedOverBetween(newest.nanos(), packet.nanos());
            if (change) {
                changes++;
                if (previous != null) {
                    assertThat(sequence).as("goes on").isEqualTo(highest + 1);
                    long elapsed = packet.nanos() - newestFrameNanos(packets, newest);
                    long ticks = packet.timestamp() - newest.timestamp() & 0xFFFF_FFFFL;
                    assertThat(ticks).as("advanced").isBetween(1L, elapsed * clock / 1_000_000_000L + clock / 500);
                    assertThat(ticks).isGreaterThanOrEqualTo(elapsed * clock / 1_000_000_000L - clock / 500);
                }
                if (slot.video()) {
                    assertThat(imprint.keyStart()).as("starts on a key frame").isTrue();
                }
                difference = sequence - imprint.sequence();
                timestampDifference = packet.timestamp() - imprint.timestamp() & 0xFFFF_FFFFL;
            }
            assertThat(packet.timestamp() - imprint.timestamp() & 0xFFFF_FFFFL).isEqualTo(timestampDifference);
            if (sequence > highest) {
                if (slot.video()) {
                    checkPicture(packet, newest, change);
                }
                highest = sequence;
                newest = packet;
            }
            previous = imprint;
        }
        return changes;
    }

    /** When the first packet of the newest frame was sent. */
    private static long newestFrameNanos(List<Received> packets, Received newest) {
        for (Received packet : packets) {
            if (packet.timestamp() == newest.timestamp()) {
                return packet.nanos();
            }
        }
        return newest.nanos();
    }

    private static void checkPicture(Received packet, Received before, boolean change) {
        if (before == null) {
            return;
        }
        Vp8Payload now = vp8(packet);
        Vp8Payload last = vp8(before);
        int pictures = now.pictureId() - last.pictureId() & 0x7FFF;
        int references = now.tl0PicIdx() - last.tl0PicIdx() & 0xFF;
        if (change) {
            assertThat(pictures).as("picture id").isEqualTo(1);
            assertThat(references).as("TL0PICIDX").isEqualTo(1);
        } else {
            int sent = packet.imprint().pictureId() - before.imprint().pictureId() & 0x7FFF;
            assertThat(pictures).as("picture id").isEqualTo(sent);
            assertThat(references)
                    .isEqualTo(packet.imprint().tl0() - before.imprint().tl0() & 0xFF);
        }
    }

    private static Vp8Payload vp8(Received packet) {
        Vp8Payload payload = new Vp8Payload();
        assertThat(payload.tryWrap(ByteBuffer.wrap(packet.payload()), 0, packet.payload().length))
                .isTrue();
        return payload;
    }
}
