package dev.parley.sfu.bwe;

import dev.parley.rtp.rtcp.RtcpReader;
import dev.parley.rtp.twcc.ArrivalLog;
import dev.parley.rtp.twcc.TransportFeedbackReader;
import dev.parley.rtp.twcc.TransportFeedbackWriter;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Random;

/** A sender, a bottleneck with a queue, and a receiver that reports arrivals every 50 ms, on a clock moved by hand. */
final class Path {
    private static final int PACKET_BYTES = 1100;
    private static final int PADDING_BYTES = 250;

    private record Flight(long atNanos, int number) {}

    final SendSideEstimate estimate;
    /** What the bottleneck carries. */
    double capacityBps = 10e6;
    /** What the sender would like to send. */
    double demandBps = 1e6;
    /** What the sender would send if it could: probing goes that far. */
    long wantedBps;

    double lossRate;
    /** How often the receiver does not get to run, and for how long at most. */
    long stallEveryNanos = Long.MAX_VALUE;

    long stallNanos;
    long delayNanos = 25_000_000L;
    double queueNanos = 200e6;

    private final Random random = new Random(1);
    private final ArrivalLog arrivals = new ArrivalLog(4096);
    private final TransportFeedbackWriter writer = new TransportFeedbackWriter();
    private final ArrayDeque<Flight> flights = new ArrayDeque<>();
    private final ArrayDeque<byte[]> feedbacks = new ArrayDeque<>();
    private final ArrayDeque<Long> feedbackTimes = new ArrayDeque<>();
    private long nanos = 1_000_000_000L;
    private double busyUntil = nanos;
    private double credit;
    private long nextStall = nanos;
    private long stalledUntil;
    private int number;
    private long sentBytes;

    Path(long startBps) {
        estimate = new SendSideEstimate(startBps, 20_000_000);
    }

    long queueingNanos() {
        return (long) Math.max(0, busyUntil - nanos);
    }

    long takeSentBps(double overSeconds) {
        long bps = (long) (sentBytes * 8 / overSeconds);
        sentBytes = 0;
        return bps;
    }

    void run(long millis) {
        for (long i = 0; i < millis; i++) {
            nanos += 1_000_000;
            step(nanos / 1_000_000);
        }
    }

    private void step(long millis) {
        if (nanos >= nextStall) {
            stalledUntil = nanos + (long) (random.nextDouble() * stallNanos);
            nextStall = nanos
                    + (stallEveryNanos == Long.MAX_VALUE
                            ? stallEveryNanos / 2
                            : (long) ((0.5 + random.nextDouble()) * stallEveryNanos));
        }
        while (nanos >= stalledUntil && !flights.isEmpty() && flights.peek().atNanos() <= nanos) {
            Flight flight = flights.poll();
            arrivals.onPacket(flight.number(), Math.max(flight.atNanos(), stalledUntil));
        }
        while (!feedbackTimes.isEmpty() && feedbackTimes.peek() <= nanos) {
            feedbackTimes.poll();
            byte[] bytes = feedbacks.poll();
            RtcpReader reader = new RtcpReader().wrap(ByteBuffer.wrap(bytes), 0, bytes.length);
            reader.next();
            TransportFeedbackReader feedback = new TransportFeedbackReader();
            if (feedback.tryWrap(reader)) {
                estimate.onFeedback(feedback, nanos);
            }
        }
        credit = Math.min(20_000, credit + Math.min(demandBps, estimate.bitrateBps()) / 8000);
        while (credit >= PACKET_BYTES) {
            credit -= PACKET_BYTES;
            send(PACKET_BYTES);
        }
        if (millis % 10 == 0) {
            long padding = estimate.paddingBytes(wantedBps, nanos);
            for (int i = 0; i < 64 && padding > 0; i++, padding -= PADDING_BYTES) {
                send(PADDING_BYTES);
            }
        }
        if (millis % 50 == 0) {
            report();
        }
    }

    private void send(int bytes) {
        estimate.onSent(number, bytes, nanos);
        estimate.onOffered(bytes, nanos);
        sentBytes += bytes;
        int own = number;
        number = number + 1 & 0xFFFF;
        if (random.nextDouble() < lossRate || busyUntil - nanos > queueNanos) {
            return;
        }
        busyUntil = Math.max(busyUntil, nanos) + bytes * 8e9 / capacityBps;
        flights.add(new Flight((long) busyUntil + delayNanos, own));
    }

    private void report() {
        ByteBuffer buffer = ByteBuffer.allocate(1500);
        int length = writer.write(arrivals, buffer, 0, 1200, 1, 2);
        while (length > 0) {
            byte[] bytes = new byte[length];
            buffer.get(0, bytes);
            feedbacks.add(bytes);
            feedbackTimes.add(nanos + delayNanos);
            length = writer.write(arrivals, buffer, 0, 1200, 1, 2);
        }
    }
}
