package dev.parley.meetings;

import dev.parley.kernel.PasswordHasher;
import dev.parley.kernel.Rate;
import dev.parley.kernel.RateLimiter;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;

/**
 * Checks meeting passwords, so many tries a minute per meeting and asker: ten for an account, sixty for an address, behind which there may be
 * a whole office.
 */
public final class PasswordDoor {
    private static final Rate OF_ACCOUNT = Rate.of(10, Duration.ofMinutes(1));
    private static final Rate OF_ADDRESS = Rate.of(60, Duration.ofMinutes(1));

    private final PasswordHasher passwords;
    private final RateLimiter limiter;

    public PasswordDoor(PasswordHasher passwords, RateLimiter limiter) {
        this.passwords = Objects.requireNonNull(passwords);
        this.limiter = Objects.requireNonNull(limiter);
    }

    /** @throws dev.parley.kernel.ApiException 401 {@code meeting.password}, 429 {@code rate.limited} */
    void checkAccount(String meetingId, String userId, Optional<String> hash, String password) {
        check(meetingId, userId, OF_ACCOUNT, hash, password);
    }

    /** As {@link #checkAccount}, for somebody of whom only the address is known. */
    void checkAddress(String meetingId, String sourceIp, Optional<String> hash, String password) {
        check(meetingId, sourceIp, OF_ADDRESS, hash, password);
    }

    private void check(String meetingId, String asker, Rate tries, Optional<String> hash, String password) {
        if (hash.isEmpty()) {
            return;
        }
        if (password == null || password.isEmpty()) {
            throw MeetingErrors.PASSWORD.exception();
        }
        limiter.check("meeting-password#" + meetingId + "#" + asker, tries);
        if (!passwords.verify(password, hash.get())) {
            throw MeetingErrors.PASSWORD.exception();
        }
    }
}
