package dev.parley.platform.nodes;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A person's minute as bytes: a version, the name with its length, and then for each bucket its index, whose highest bit says that the
 * media went directly, its numbers as base-128 varints, the lowest seven bits first, and five counts of a byte each. About twenty bytes a
 * bucket. The first version had no such bit.
 */
final class QualityCode {
    private static final byte VERSION = 2;
    private static final byte OLDEST = 1;
    private static final int DIRECT = 0x80;
    private static final int MOST_NAME_BYTES = 250;
    private static final int MOST_BUCKET_BYTES = 1 + 7 * 5 + 5;

    private QualityCode() {}

    static byte[] write(QualityMinute.Person person) {
        byte[] name = name(person.name());
        ByteBuffer out = ByteBuffer.allocate(
                2 + name.length + MOST_BUCKET_BYTES * person.buckets().size());
        out.put(VERSION).put((byte) name.length).put(name);
        for (QualityBucket bucket : person.buckets()) {
            out.put((byte) (bucket.index() | (bucket.direct() ? DIRECT : 0)));
            number(out, bucket.upKbps());
            number(out, bucket.downKbps());
            number(out, bucket.estimateKbps());
            number(out, bucket.upLossPermille());
            number(out, bucket.downLossPermille());
            number(out, bucket.roundTripMillis() + 1);
            number(out, bucket.freezes());
            LayerCounts layers = bucket.layers();
            out.put((byte) layers.q()).put((byte) layers.h()).put((byte) layers.f());
            out.put((byte) layers.single()).put((byte) layers.held());
        }
        byte[] bytes = new byte[out.position()];
        out.flip().get(bytes);
        return bytes;
    }

    /** Empty for bytes of another version, and for what is none of ours. */
    static Optional<QualityMinute.Person> read(String participantId, byte[] bytes) {
        ByteBuffer in = ByteBuffer.wrap(bytes);
        try {
            byte version = in.get();
            if (version < OLDEST || version > VERSION) {
                return Optional.empty();
            }
            byte[] name = new byte[in.get() & 0xFF];
            in.get(name);
            List<QualityBucket> buckets = new ArrayList<>();
            while (in.hasRemaining()) {
                buckets.add(bucket(in));
            }
            return Optional.of(
                    new QualityMinute.Person(participantId, new String(name, StandardCharsets.UTF_8), buckets));
        } catch (BufferUnderflowException e) {
            return Optional.empty();
        }
    }

    private static QualityBucket bucket(ByteBuffer in) {
        int index = in.get() & 0xFF;
        return new QualityBucket(
                index & ~DIRECT,
                number(in),
                number(in),
                number(in),
                number(in),
                number(in),
                number(in) - 1,
                number(in),
                new LayerCounts(count(in), count(in), count(in), count(in), count(in)),
                (index & DIRECT) != 0);
    }

    private static int count(ByteBuffer in) {
        return in.get() & 0xFF;
    }

    private static void number(ByteBuffer out, int value) {
        int rest = value;
        while (rest >= 0x80) {
            out.put((byte) (rest | 0x80));
            rest >>>= 7;
        }
        out.put((byte) rest);
    }

    private static int number(ByteBuffer in) {
        long value = 0;
        for (int shift = 0; shift < 35; shift += 7) {
            byte next = in.get();
            value |= (long) (next & 0x7F) << shift;
            if (next >= 0) {
                return (int) Math.min(value, Integer.MAX_VALUE);
            }
        }
        throw new BufferUnderflowException();
    }

    /** At most so many bytes, and no half character. */
    private static byte[] name(String text) {
        String name = text;
        byte[] bytes = name.getBytes(StandardCharsets.UTF_8);
        while (bytes.length > MOST_NAME_BYTES) {
            name = name.substring(0, name.offsetByCodePoints(name.length(), -1));
            bytes = name.getBytes(StandardCharsets.UTF_8);
        }
        return bytes;
    }
}
