package dev.parley.sfu.relay;

import dev.parley.rtp.RtpWriter;
import dev.parley.rtp.extension.ExtensionUri;
import dev.parley.rtp.extension.TextValue;
import dev.parley.sfu.PacketSink;
import dev.parley.sfu.ParticipantSpec;
import dev.parley.sfu.PublishedSource;
import dev.parley.sfu.ReceiveSlot;
import dev.parley.sfu.SfuCounters.Counter;
import dev.parley.sfu.SfuSettings;
import dev.parley.sfu.Source;
import dev.parley.sfu.WantedSlot;
import dev.parley.sfu.rooms.Participant;
import dev.parley.sfu.rooms.SfuAgent;
import dev.parley.sfu.scene.Dialect;
import dev.parley.sfu.scene.Scene;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.util.List;

/**
 * What the relay costs, by the threads' own CPU clocks: the ring alone, and a camera of 1,200-byte packets from a publisher on one agent to a receiver on
 * another, beside the same on one agent. Run by hand; prints, checks nothing.
 */
final class RelayRates {
    private static final int ROUNDS = 5;
    private static final int PACKETS = 1_000_000;
    private static final int PAYLOAD = 1200;
    private static final int PER_FRAME = 5;

    private RelayRates() {}

    public static void main(String[] arguments) {
        for (int round = 0; round < ROUNDS; round++) {
            System.out.printf("ring alone       %6.1f ns a packet, written and read%n", ring());
            double one = room(1);
            double two = room(2);
            System.out.printf("room on 1 agent  %6.1f ns a packet in and out%n", one);
            System.out.printf("room on 2 agents %6.1f ns, so the relay adds %.1f ns%n", two, two - one);
        }
    }

    private static long cpuNanos() {
        return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
    }

    private static double ring() {
        RelayRing ring = new RelayRing(RelayLink.DEFAULT_SLOTS);
        ByteBuffer payload = ByteBuffer.allocateDirect(PAYLOAD);
        ByteBuffer copy = ByteBuffer.allocateDirect(PAYLOAD);
        long before = cpuNanos();
        for (int i = 0; i < PACKETS; i += PER_FRAME) {
            for (int k = 0; k < PER_FRAME; k++) {
                ring.memory().put(ring.claim(0) + RingSender.PAYLOAD, payload, 0, PAYLOAD);
                ring.commit(null);
            }
            for (int at = ring.next(); at != RelayRing.NONE; at = ring.next()) {
                copy.put(0, ring.memory(), at + RingSender.PAYLOAD, PAYLOAD);
                ring.advance();
            }
            ring.release();
        }
        return (double) (cpuNanos() - before) / PACKETS;
    }

    private static double room(int agentCount) {
        SfuAgent here = new SfuAgent(SfuSettings.defaults("node", 0), ByteBuffer.allocateDirect(2048));
        SfuAgent there =
                agentCount == 1 ? here : new SfuAgent(SfuSettings.defaults("node", 0), ByteBuffer.allocateDirect(2048));
        here.openRoom("r", new Scene());
        if (agentCount == 2) {
            RelayLink.Ends link = RelayLink.inProcess(RelayLink.DEFAULT_SLOTS, () -> {}, () -> {});
            here.connect(link.first());
            there.connect(link.second());
            there.openRoom("r", new Scene());
            there.spread("r", link.second());
        }
        Participant publisher = new Participant(
                new ParticipantSpec(
                        1,
                        List.of(PublishedSource.of("1", Source.CAMERA)),
                        List.of(),
                        Dialect.FIRST.formats(),
                        Dialect.FIRST.extensions()),
                new Nowhere());
        Nowhere wire = new Nowhere();
        Participant receiver = new Participant(
                new ParticipantSpec(
                        2,
                        List.of(),
                        List.of(new ReceiveSlot(true, "v", 200, 300)),
                        Dialect.SECOND.formats(),
                        Dialect.SECOND.extensions()),
                wire);
        here.join("r", publisher);
        there.join("r", receiver);
        there.want("r", 2, 1, List.of(new WantedSlot(0, 1, Source.CAMERA, 320, 180, 0, false)));
        double nanos = frames(here, there, publisher);
        long relayed = there.counters().get(Counter.RELAYED_IN);
        if (wire.packets < PACKETS * 9L / 10 || agentCount == 2 && relayed < PACKETS * 9L / 10) {
            throw new IllegalStateException(wire.packets + " packets came, " + relayed + " by the relay");
        }
        return nanos;
    }

    private static double frames(SfuAgent here, SfuAgent there, Participant publisher) {
        ByteBuffer packet = ByteBuffer.allocateDirect(1500);
        ByteBuffer payload = ByteBuffer.allocate(PAYLOAD);
        RtpWriter writer = new RtpWriter();
        byte[] mid = TextValue.bytes("1");
        long nanos = 1_000_000_000L;
        long before = cpuNanos();
        for (int i = 0; i < PACKETS; i++) {
            int frame = i / PER_FRAME;
            boolean first = i % PER_FRAME == 0;
            payload.put(0, (byte) (0x80 | (first ? 0x10 : 0)));
            payload.put(1, (byte) 0x80);
            payload.putShort(2, (short) (0x8000 | frame & 0x7FFF));
            payload.put(4, (byte) (frame % 100 == 0 ? 0 : 1));
            writer.begin(packet, 0, 96, i % PER_FRAME == PER_FRAME - 1, i & 0xFFFF, frame * 90L, 5000)
                    .beginExtensions(false);
            writer.extension(Dialect.FIRST.id(ExtensionUri.MID), mid);
            writer.endExtensions();
            writer.payload(payload, 0, PAYLOAD);
            publisher.onRtp(packet, 0, writer.length(), nanos);
            if (i % PER_FRAME == PER_FRAME - 1) {
                nanos += 1_000_000L;
                here.doWork(nanos);
                if (there != here) {
                    there.doWork(nanos);
                }
            }
        }
        return (double) (cpuNanos() - before) / PACKETS;
    }

    private static final class Nowhere implements PacketSink {
        private long packets;

        @Override
        public void rtp(ByteBuffer buffer, int offset, int length) {
            packets++;
        }

        @Override
        public void rtcp(ByteBuffer buffer, int offset, int length) {}
    }
}
