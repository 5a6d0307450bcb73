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
 * Prints datagrams per CPU-second of each engine, sending and receiving 1200
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
            Cpu cpu = Cpu.now();
            long end = System.nanoTime() + nanos;
            while (System.nanoTime() < end) {
                for (int i = 0; i < run; i++) {
                    for (RemoteAddress address : to) {
                        sender.send(address, packet, 0, BYTES);
                    }
                }
                sender.flush();
            }
            print("send    " + choice + " runs of " + run, sender.counters().datagramsOut(), cpu, "");
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
            Thread pacing =
                    Thread.ofPlatform().start(() -> pace(sender, receiver.localAddress(), run, perSecond, stop));
            ByteBuffer touched = ByteBuffer.allocateDirect(64);
            UdpEngine.Receiver take = (buffer, offset, length, from) -> {
                if (from.owner() == null) {
                    receiver.keep(from).owner(touched);
                }
                touched.put(0, buffer.get(offset));
            };
            Cpu cpu = Cpu.now();
            long end = System.nanoTime() + nanos;
            while (System.nanoTime() < end) {
                if (receiver.receive(take, 256) == 0) {
                    receiver.await(TimeUnit.MILLISECONDS.toNanos(10));
                }
            }
            print(
                    "receive " + choice + " from " + peer + " runs of " + run + " at " + perSecond + "/s",
                    receiver.counters().datagramsIn(),
                    cpu,
                    " (" + receiver.counters().datagramsIn() * 1_000_000_000L / nanos + "/s)");
            stop.set(true);
            pacing.join();
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

    private static void print(String what, long datagrams, Cpu start, String more) throws IOException {
        Cpu spent = Cpu.now().minus(start);
        System.out.printf(
                "%-55s %7.3f M/CPU-s of the thread, %7.3f with softirq%s%n",
                what,
                datagrams * 1e3 / spent.threadNanos(),
                datagrams * 1e3 / (spent.threadNanos() + spent.softirqNanos()),
                more);
    }

    /**
     * CPU time so far.
     *
     * @param threadNanos of the calling thread by the scheduler's book, which may leave out softirq
     * @param softirqNanos of the whole machine: on loopback the receiving half of every send; exact on a quiet machine only
     */
    private record Cpu(long threadNanos, long softirqNanos) {
        private static final long TICK_NANOS = 10_000_000;

        static Cpu now() throws IOException {
            String book = Files.readString(Path.of("/proc/thread-self/schedstat"));
            String[] machine = Files.readString(Path.of("/proc/stat")).split("\\s+", 9);
            return new Cpu(
                    Long.parseLong(book.substring(0, book.indexOf(' '))), Long.parseLong(machine[7]) * TICK_NANOS);
        }

        Cpu minus(Cpu before) {
            return new Cpu(threadNanos - before.threadNanos, softirqNanos - before.softirqNanos);
        }
    }
}
