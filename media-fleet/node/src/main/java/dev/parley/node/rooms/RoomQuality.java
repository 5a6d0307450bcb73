package dev.parley.node.rooms;

import dev.parley.platform.nodes.LayerCounts;
import dev.parley.platform.nodes.QualityBucket;
import dev.parley.platform.nodes.QualityMinute;
import dev.parley.sfu.ConnectionQuality;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Sums up how the connections of a room do, breakouts included: the samples that come every two seconds into buckets of ten, and hands each
 * minute of the clock on when it is over. A bucket tells the worst of its samples, but the mean of the bitrates. Of media that goes from one
 * person to the other the node sees nothing: their clients' word of it takes the place of its samples. Belongs to the room's conductor.
 */
final class RoomQuality {
    private static final long MINUTE_MILLIS = 60_000;
    private static final long BUCKET_MILLIS = QualityMinute.BUCKET_SECONDS * 1_000L;
    /** More than any line carries; the sum of a bucket's samples is far from a long's end. */
    private static final long MOST_BPS = 1_000_000_000_000L;
    /** Clients tell every three seconds; two words may be lost. */
    private static final long DIRECT_MILLIS = 10_000;
    /** People who come and go within one minute are more than the room holds; there is an end to it. */
    private static final int MOST_PEOPLE = 5_000;

    private final String room;
    private final InstantSource clock;
    private final QualityKeeper keeper;
    private final Map<String, Line> lines = new LinkedHashMap<>();
    private final Map<String, Direct> direct = new HashMap<>();
    private long minute;

    /** What a client said last of its connection to the other person. */
    private record Direct(long atMillis, ConnectionQuality said) {
        boolean holds(long now) {
            return Math.abs(now - atMillis) <= DIRECT_MILLIS;
        }
    }

    /** One person's minute so far. */
    private static final class Line {
        private final Bucket[] buckets = new Bucket[QualityMinute.BUCKETS];
        private String name;
    }

    /** The samples of ten seconds. */
    private static final class Bucket {
        private int samples;
        private long upBps;
        private long downBps;
        private long estimateBps = Long.MAX_VALUE;
        private double upLoss;
        private double downLoss;
        private long roundTripNanos = -1;
        private int freezes;
        private LayerCounts layers = LayerCounts.NONE;
        private boolean direct;
    }

    RoomQuality(String room, InstantSource clock, QualityKeeper keeper) {
        this.room = room;
        this.clock = clock;
        this.keeper = keeper;
    }

    /** A sample of somebody's connection. @param layers what they are sent now */
    void sample(String participantId, String name, ConnectionQuality quality, LayerCounts layers) {
        long now = clock.millis();
        roll(now);
        Line line = lines.get(participantId);
        if (line == null) {
            if (lines.size() >= MOST_PEOPLE) {
                return;
            }
            line = new Line();
            lines.put(participantId, line);
        }
        line.name = name;
        Bucket bucket = bucket(line, now);
        Direct told = direct.get(participantId);
        bucket.direct = told != null && told.holds(now);
        ConnectionQuality used = bucket.direct ? told.said() : quality;
        bucket.samples++;
        bucket.upBps += Math.clamp(used.upBps(), 0, MOST_BPS);
        bucket.downBps += Math.clamp(used.downBps(), 0, MOST_BPS);
        bucket.estimateBps = Math.min(bucket.estimateBps, quality.estimateBps());
        bucket.upLoss = Math.max(bucket.upLoss, used.upLoss());
        bucket.downLoss = Math.max(bucket.downLoss, used.downLoss());
        bucket.roundTripNanos = Math.max(bucket.roundTripNanos, used.roundTripNanos());
        bucket.layers = layers;
    }

    /** What somebody's client says of its connection to the other person, which counts for the samples of the next seconds. */
    void direct(String participantId, ConnectionQuality said) {
        direct.put(participantId, new Direct(clock.millis(), said));
    }

    /** Somebody's media goes by the node. */
    void byNode(String participantId) {
        direct.remove(participantId);
    }

    /** Pictures stood still for somebody; it counts with the samples of the same seconds, and for nothing without any. */
    void froze(String participantId, int times) {
        long now = clock.millis();
        roll(now);
        Line line = lines.get(participantId);
        if (line != null && times > 0) {
            bucket(line, now).freezes += times;
        }
    }

    private Bucket bucket(Line line, long now) {
        int index = (int) (now % MINUTE_MILLIS / BUCKET_MILLIS);
        if (line.buckets[index] == null) {
            line.buckets[index] = new Bucket();
        }
        return line.buckets[index];
    }

    /** Hands the last minute on if it is over; about once a second. */
    void tick() {
        roll(clock.millis());
    }

    private void roll(long now) {
        long current = now / MINUTE_MILLIS;
        // A clock that was set back begins a minute as well.
        if (current != minute) {
            end();
            direct.values().removeIf(told -> !told.holds(now));
            minute = current;
        }
    }

    /** Hands on what there is: the room is over, or the node stops. */
    void end() {
        if (lines.isEmpty()) {
            return;
        }
        List<QualityMinute.Person> people = new ArrayList<>();
        lines.forEach((participant, line) -> {
            List<QualityBucket> buckets = buckets(line);
            if (!buckets.isEmpty()) {
                people.add(new QualityMinute.Person(participant, line.name, buckets));
            }
        });
        lines.clear();
        if (!people.isEmpty()) {
            keeper.keep(new QualityMinute(room, Instant.ofEpochMilli(minute * MINUTE_MILLIS), people));
        }
    }

    private static List<QualityBucket> buckets(Line line) {
        List<QualityBucket> buckets = new ArrayList<>();
        for (int i = 0; i < line.buckets.length; i++) {
            Bucket bucket = line.buckets[i];
            if (bucket != null && bucket.samples > 0) {
                buckets.add(new QualityBucket(
                        i,
                        kbps(bucket.upBps / bucket.samples),
                        kbps(bucket.downBps / bucket.samples),
                        kbps(bucket.estimateBps),
                        permille(bucket.upLoss),
                        permille(bucket.downLoss),
                        bucket.roundTripNanos < 0 ? QualityBucket.UNKNOWN : whole(bucket.roundTripNanos / 1e6),
                        bucket.freezes,
                        bucket.layers,
                        bucket.direct));
            }
        }
        return buckets;
    }

    private static int kbps(long bps) {
        return whole(bps / 1e3);
    }

    private static int permille(double ratio) {
        return whole(ratio * 1e3);
    }

    /** What is not a number is nought, what is too large the largest. */
    private static int whole(double value) {
        return (int) Math.rint(value);
    }
}
