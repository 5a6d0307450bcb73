package dev.parley.files;

import java.time.Instant;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;

/**
 * What became of a push on one device. It only moves on: what a device said before, and what comes late, changes nothing.
 *
 * @param userId whose device it is
 * @param bytes how many the device has
 * @param attempt from 1; a device that failed begins the next
 */
public record Delivery(
        String pushId,
        String deviceId,
        String deviceName,
        Optional<String> userId,
        State state,
        long bytes,
        int attempt,
        Optional<String> reason,
        Instant updatedAt) {
    /** How far it is, in order. */
    public enum State {
        /** The device does not know of it yet. */
        WAITING,
        NOTIFIED,
        DOWNLOADING,
        FAILED,
        /** All of it is there, and is right. Nothing comes after it. */
        DONE;

        /** The word stored and sent. */
        public String wire() {
            return name().toLowerCase(Locale.ROOT);
        }

        /** The state of that word, if there is one. */
        public static Optional<State> find(String wire) {
            for (State state : values()) {
                if (state.wire().equals(wire)) {
                    return Optional.of(state);
                }
            }
            return Optional.empty();
        }
    }

    public Delivery {
        Objects.requireNonNull(pushId);
        Objects.requireNonNull(deviceId);
        Objects.requireNonNull(deviceName);
        Objects.requireNonNull(userId);
        Objects.requireNonNull(state);
        Objects.requireNonNull(reason);
        Objects.requireNonNull(updatedAt);
    }

    /** What a device says. */
    public record Report(State state, long bytes, int attempt, Optional<String> reason) {}

    /** Whether a report tells something newer: of a later attempt, or of a later state, or of more bytes; done counts in any attempt. */
    public boolean isMovedBy(Report report) {
        if (state == State.DONE) {
            return false;
        }
        if (report.state() == State.DONE) {
            return true;
        }
        if (report.attempt() != attempt) {
            return report.attempt() > attempt;
        }
        return report.state() == state
                ? state == State.DOWNLOADING && report.bytes() > bytes
                : report.state().compareTo(state) > 0;
    }

    /** As it is after a report. */
    public Delivery moved(Report report, Instant now) {
        return new Delivery(
                pushId,
                deviceId,
                deviceName,
                userId,
                report.state(),
                report.attempt() == attempt ? Math.max(bytes, report.bytes()) : report.bytes(),
                Math.max(attempt, report.attempt()),
                report.reason(),
                now);
    }
}
