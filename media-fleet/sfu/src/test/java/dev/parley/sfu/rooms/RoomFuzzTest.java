package dev.parley.sfu.rooms;

import static dev.parley.sfu.scene.Scene.tile;
import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.rtp.fuzz.Fuzz;
import dev.parley.rtp.rtcp.RtcpWriter;
import dev.parley.rtp.twcc.ArrivalLog;
import dev.parley.rtp.twcc.TransportFeedbackWriter;
import dev.parley.sfu.SlotReport.State;
import dev.parley.sfu.scene.Dialect;
import dev.parley.sfu.scene.Guest;
import dev.parley.sfu.scene.Scene;
import dev.parley.sfu.scene.SlotWatch;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * A room of three, one of whom sends whatever it likes once its transport is up: nothing is thrown, and what the other two send each other stays a stream as
 * the slot contract has it. A packet is RTCP where RFC 5761 says so.
 */
@Tag("fuzz")
class RoomFuzzTest {
    private static final int PACKETS_A_LIFE = 100_000;
    private static final int PACKETS_A_MILLISECOND = 64;
    private static final int WATCHED_MILLIS = 300;

    private Scene scene;
    private Guest viewer;
    private Guest honest;
    private Guest hostile;
    private int packets;

    private void begin() {
        scene = new Scene();
        viewer = scene.join(1, Dialect.SECOND);
        honest = scene.join(2, Dialect.FIRST);
        hostile = scene.join(3, Dialect.FIRST);
        scene.want(viewer, 1, tile(0, honest, 180), tile(1, hostile, 180));
        scene.want(hostile, 1, tile(0, honest, 720), tile(1, viewer, 180));
        scene.run(200);
        scene.guests().forEach(guest -> guest.keep = false);
    }

    /** What a member's client sends in half a second, retransmissions with it, and what it may say of what it gets. */
    private List<byte[]> conversation() {
        List<byte[]> sent = new ArrayList<>();
        begin();
        hostile.lost = bytes -> {
            boolean dropped = sent.size() % 17 == 5;
            sent.add(bytes);
            return dropped;
        };
        scene.run(500);
        List<byte[]> seeds = new ArrayList<>();
        for (int i = 0; i < sent.size(); i += 1 + sent.size() / 40) {
            seeds.add(sent.get(i));
        }
        // A retransmission has a payload type of its own.
        sent.stream().filter(bytes -> (bytes[1] & 0x7F) == 97).limit(5).forEach(seeds::add);
        long video = hostile.videoSsrc(0);
        seeds.add(rtcp(w -> w.senderReport(hostile.camera[0].ssrc, 1L << 60, 90_000, 10, 1000)
                .canonicalName(hostile.camera[0].ssrc, new byte[] {'a'})));
        seeds.add(rtcp(w -> w.receiverReport(1).reportBlock(video, 25, 1, 100, 5, 1L << 20, 65536)));
        seeds.add(rtcp(w -> w.receiverReport(1).nack(1, video, 3).nackAnother(4).nackAnother(40)));
        seeds.add(rtcp(w -> w.pictureLoss(1, video).fullIntraRequest(1, video, 7)));
        seeds.add(rtcp(w -> w.remb(1, 300_000, video).bye(hostile.camera[0].ssrc)));
        ArrivalLog arrivals = new ArrivalLog(64);
        for (int i = 0; i < 40; i++) {
            arrivals.onPacket(i + i / 7, scene.nanos() + i * 1_000_000L);
        }
        byte[] feedback = new byte[200];
        int length = new TransportFeedbackWriter().write(arrivals, ByteBuffer.wrap(feedback), 0, 200, 1, video);
        seeds.add(Arrays.copyOf(feedback, length));
        return seeds;
    }

    private static byte[] rtcp(UnaryOperator<RtcpWriter> write) {
        ByteBuffer buffer = ByteBuffer.allocate(300);
        int length = write.apply(new RtcpWriter().begin(buffer, 0)).length();
        return Arrays.copyOf(buffer.array(), length);
    }

    @Test
    void oneMembersPacketsDisturbNobody() {
        List<byte[]> corpus = conversation();
        begin();
        Fuzz.run("room", IllegalStateException.class, corpus, input -> {
            // The slab of a real engine ends further behind a packet than the packet does.
            ByteBuffer slab = ByteBuffer.wrap(Arrays.copyOf(input, input.length + 64));
            if (input.length > 1 && (input[1] & 0x7F) >= 64 && (input[1] & 0x7F) < 96) {
                hostile.participant().onRtcp(slab, 0, input.length, scene.nanos());
            } else {
                hostile.participant().onRtp(slab, 0, input.length, scene.nanos());
            }
            if (++packets % PACKETS_A_MILLISECOND == 0) {
                scene.run(1);
            }
            if (packets % PACKETS_A_LIFE == 0) {
                watch();
                begin();
            }
        });
        watch();
    }

    /** The honest member's picture reaches the viewer as one stream. */
    private void watch() {
        viewer.keep = true;
        scene.run(WATCHED_MILLIS);
        assertThat(scene.slot(viewer, 0).state()).isEqualTo(State.LIVE);
        assertThat(viewer.of(viewer.videoSsrc(0))).hasSizeGreaterThan(WATCHED_MILLIS / 33);
        SlotWatch.checkVideo(viewer, 0);
    }
}
