package dev.parley.transport.udp;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Prints datagrams per CPU-second (user and system, of the thread that does it) of each engine, sending and receiving 1200
 * bytes over loopback. {@code java ... EngineRates [seconds per figure]}.
 *
 * <p>Sending includes loopback's way to the receiver's socket, which nobody reads; a network card's way differs.
 */
public final class EngineRates {
    private static final int BYTES = 1200;
    private static final int RECEIVERS = 16;

    private EngineRates() {}

    /** See the class. */
    public static void main(String[] arguments) throws Exception {
        long nanos = (long) (1e9 * (arguments.length > 0 ? Double.parseDouble(arguments[0]) : 2));
        for (int round = 0; round < 2; round++) {
            System.out.println(round == 0 ? "-- warm-up" : "-- measured");
            for (UdpEngineChoice choice : EnginesHere.all().toList()) {
                for (int run : new int[] {1, 2, 5, 8, 32}) {
                    send(choice, run, nanos);
                }
            }
            for (UdpEngineChoice choice : EnginesHere.all().toList()) {
                receive(choice, UdpEngineChoice.NIO, 1, 60_000, nanos);
                receive(choice, UdpEngineChoice.NIO, 1, 200_000, nanos);
                if (EnginesHere.all().toList().contains(UdpEngineChoice.BATCHED)) {
                    receive(choice, UdpEngineChoice.BATCHED, 5, 200_000, nanos);
                }
            }
        }
    }

    private static UdpEngine open(UdpEngineChoice choice, int bufferBytes) {
        return UdpEngines.open(
                choice,
                new UdpSettings(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), bufferBytes, 4 << 20));
    }

    /** Each packet to every receiver before the next, {@code run} packets a flush: as a forwarder does. */
    private static void send(UdpEngineChoice choice, int run, long nanos) throws IOException {
        List<UdpEngine> sinks = new ArrayList<>();
        try (UdpEngine sender = open(choice, 1 << 16)) {
            List<RemoteAddress> to = new ArrayList<>();
            for (int i = 0; i < RECEIVERS; i++) {
                sinks.add(open(UdpEngineChoice.NIO, 1 << 12));
                to.add(sender.keep(new RemoteAddress(sinks.get(i).localAddress())));
            }
            ByteBuffer packet = ByteBuffer.allocateDirect(2048);
            long cpu = cpuNanos();
            long end = System.nanoTime() + nanos;
            while (System.nanoTime() < end) {
                for (int i = 0; i < run; i++) {
                    for (RemoteAddress address : to) {
                        sender.send(address, packet, 0, BYTES);
                    }
                }
                sender.flush();
            }
            print("send    " + choice + " runs of " + run, sender.counters().datagramsOut(), cpuNanos() - cpu, "");
        } finally {
            sinks.forEach(UdpEngine::close);
        }
    }

    /** A sender of its own thread at a steady pace; the receiver waits as an agent does. */
    private static void receive(UdpEngineChoice choice, UdpEngineChoice peer, int run, int perSecond, long nanos)
            throws Exception {
        try (UdpEngine receiver = open(choice, 4 << 20);
                UdpEngine sender = open(peer, 1 << 16)) {
            AtomicBoolean stop = new AtomicBoolean();
            Thread pacing = Thread.ofPlatform().start(() -> pace(sender, receiver.localAddress(), run, perSecond, stop));
            ByteBuffer touched = ByteBuffer.allocateDirect(64);
            UdpEngine.Receiver take = (buffer, offset, length, from) -> {
                if (from.owner() == null) {
                    receiver.keep(from).owner(touched);
                }
                touched.put(0, buffer.get(offset));
            };
            long cpu = cpuNanos();
            long end = System.nanoTime() + nanos;
            while (System.nanoTime() < end) {
                if (receiver.receive(take, 256) == 0) {
                    receiver.await(TimeUnit.MILLISECONDS.toNanos(10));
                }
            }
            long spent = cpuNanos() - cpu;
            stop.set(true);
            pacing.join();
            long lost = sender.counters().datagramsOut() - receiver.counters().datagramsIn();
            print(
                    "receive " + choice + " from " + peer + " runs of " + run + " at " + perSecond + "/s",
                    receiver.counters().datagramsIn(),
                    spent,
                    " (arrived " + receiver.counters().datagramsIn() * 1_000_000_000L / nanos + "/s, behind " + lost
                            + ")");
        }
    }

    private static void pace(UdpEngine sender, InetSocketAddress to, int run, int perSecond, AtomicBoolean stop) {
        RemoteAddress address = sender.keep(new RemoteAddress(to));
        ByteBuffer packet = ByteBuffer.allocateDirect(2048);
        long start = System.nanoTime();
        long sent = 0;
        while (!stop.get()) {
            if (sent * 1_000_000_000L > (System.nanoTime() - start) * perSecond) {
                Thread.onSpinWait();
                continue;
            }
            for (int i = 0; i < run; i++) {
                sender.send(address, packet, 0, BYTES);
            }
            sender.flush();
            sent += run;
        }
    }

    private static void print(String what, long datagrams, long cpuNanos, String more) {
        System.out.printf("%-55s %8.3f M/CPU-s%s%n", what, datagrams * 1e3 / cpuNanos, more);
    }

    /** User and system time of the calling thread, which runs to the nanosecond in the scheduler's book. */
    private static long cpuNanos() throws IOException {
        String line = Files.readString(Path.of("/proc/thread-self/schedstat"));
        return Long.parseLong(line.substring(0, line.indexOf(' ')));
    }
}
