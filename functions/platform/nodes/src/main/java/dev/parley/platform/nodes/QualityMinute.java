package dev.parley.platform.nodes;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;

/**
 * How the connections of one room did at one node during one minute of the clock.
 *
 * @param roomId the meeting's id
 * @param at its full minute
 * @param people those who had a session, each once
 */
public record QualityMinute(String roomId, Instant at, List<Person> people) {
    /** What one bucket covers. */
    public static final int BUCKET_SECONDS = 10;

    /** How many of them a minute has. */
    public static final int BUCKETS = 60 / BUCKET_SECONDS;

    public QualityMinute {
        Objects.requireNonNull(roomId);
        Objects.requireNonNull(at);
        people = List.copyOf(people);
    }

    /**
     * One person's minute.
     *
     * @param name as they were called then
     * @param buckets in order; those without a sample are left out
     */
    public record Person(String participantId, String name, List<QualityBucket> buckets) {
        public Person {
            Objects.requireNonNull(participantId);
            Objects.requireNonNull(name);
            buckets = List.copyOf(buckets);
        }
    }

    /** When a bucket of this minute began. */
    public Instant start(QualityBucket bucket) {
        return at.plus(Duration.ofSeconds((long) bucket.index() * BUCKET_SECONDS));
    }
}
