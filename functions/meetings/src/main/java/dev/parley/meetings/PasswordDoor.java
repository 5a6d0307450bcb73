package dev.parley.meetings;

import dev.parley.kernel.PasswordHasher;
import dev.parley.kernel.Rate;
import dev.parley.kernel.RateLimiter;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;

/** Checks meeting passwords, ten tries a minute per meeting and asker. */
public final class PasswordDoor {
    private static final Rate TRIES = Rate.of(10, Duration.ofMinutes(1));

    private final PasswordHasher passwords;
    private final RateLimiter limiter;

    public PasswordDoor(PasswordHasher passwords, RateLimiter limiter) {
        this.passwords = Objects.requireNonNull(passwords);
        this.limiter = Objects.requireNonNull(limiter);
    }

    /**
     * @param asker who tries: a user id, or a guest's address
     * @throws dev.parley.kernel.ApiException 401 {@code meeting.password}, 429 {@code rate.limited}
     */
    void check(String meetingId, String asker, Optional<String> hash, String password) {
        if (hash.isEmpty()) {
            return;
        }
        if (password == null || password.isEmpty()) {
            throw MeetingErrors.PASSWORD.exception();
        }
        limiter.check("meeting-password#" + meetingId + "#" + asker, TRIES);
        if (!passwords.verify(password, hash.get())) {
            throw MeetingErrors.PASSWORD.exception();
        }
    }
}
