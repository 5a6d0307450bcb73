package dev.parley.transport.srtp;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.util.Locale;
import java.util.Random;

/**
 * Measures what one packet costs under each provider: packets per CPU-second of the thread, and bytes allocated.
 *
 * <p>Run it with the classes of this module and its tests on the class path; arguments: packet bytes (1200), sessions
 * served in turn (500), seconds for each figure (3).
 */
public final class SrtpThroughput {
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private static final int OFFSET = 64;
    private static final int BATCH = 4096;

    private final SrtpCrypto crypto;
    private final SrtpProfile profile;
    private final SrtpTransformer[] senders;
    private final ByteBuffer buffer;
    private final byte[] packet;
    private long sent;

    private SrtpThroughput(SrtpCrypto crypto, SrtpProfile profile, int packetBytes, int sessions) {
        this.crypto = crypto;
        this.profile = profile;
        this.senders = new SrtpTransformer[sessions];
        Random random = new Random(7);
        for (int i = 0; i < sessions; i++) {
            byte[] key = new byte[profile.keyBytes()];
            byte[] salt = new byte[profile.saltBytes()];
            random.nextBytes(key);
            random.nextBytes(salt);
            senders[i] = crypto.transformer(profile, key, salt);
        }
        this.packet = SrtpContextTest.rtp(5, 0, packetBytes - 12);
        this.buffer = ByteBuffer.allocateDirect(OFFSET + packetBytes + 64);
    }

    public static void main(String[] args) {
        int packetBytes = args.length > 0 ? Integer.parseInt(args[0]) : 1200;
        int sessions = args.length > 1 ? Integer.parseInt(args[1]) : 500;
        int seconds = args.length > 2 ? Integer.parseInt(args[2]) : 3;
        System.out.printf(
                Locale.ROOT,
                "%d-byte packets, %d sessions in turn, copy into the buffer included%n",
                packetBytes,
                sessions);
        for (SrtpProvider provider : SrtpProvider.values()) {
            SrtpProbe probe = provider.probe();
            if (probe.crypto().isEmpty()) {
                System.out.println(provider.setting() + " skipped: " + probe.reason());
                continue;
            }
            for (SrtpProfile profile : SrtpProfile.values()) {
                if (provider == SrtpProvider.JCE || profile.isAead()) {
                    new SrtpThroughput(probe.crypto().get(), profile, packetBytes, sessions).measure(seconds);
                }
            }
        }
    }

    private void measure(int seconds) {
        runFor(1);
        runFor(1);
        long thread = Thread.currentThread().threadId();
        long bytesBefore = THREADS.getThreadAllocatedBytes(thread);
        long cpuBefore = THREADS.getCurrentThreadCpuTime();
        long sentBefore = sent;
        runFor(seconds);
        double cpuNanos = THREADS.getCurrentThreadCpuTime() - cpuBefore;
        double packets = sent - sentBefore;
        double bytes = THREADS.getThreadAllocatedBytes(thread) - bytesBefore;
        System.out.printf(
                Locale.ROOT,
                "%-45s %-24s protect %5.2f M/CPU-s  %5.0f ns  %7.2f B/packet%n",
                crypto.name(),
                profile,
                packets / cpuNanos * 1e3,
                cpuNanos / packets,
                bytes / packets);
        for (SrtpTransformer sender : senders) {
            sender.close();
        }
    }

    private void runFor(int seconds) {
        long end = System.nanoTime() + seconds * 1_000_000_000L;
        while (System.nanoTime() - end < 0) {
            batch();
        }
    }

    private void batch() {
        for (int i = 0; i < BATCH; i++) {
            int sequence = (int) (sent / senders.length);
            packet[2] = (byte) (sequence >>> 8);
            packet[3] = (byte) sequence;
            buffer.put(OFFSET, packet, 0, packet.length);
            if (senders[(int) (sent % senders.length)].protectRtp(buffer, OFFSET, packet.length) < 0) {
                throw new IllegalStateException("refused packet " + sent);
            }
            sent++;
        }
    }
}
