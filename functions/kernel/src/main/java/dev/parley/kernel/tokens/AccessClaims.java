package dev.parley.kernel.tokens;

import dev.parley.kernel.Principal;
import dev.parley.kernel.Role;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

/**
 * An access token: who may call the REST API, for 10 minutes.
 *
 * @param userId claim {@code sub}
 * @param sessionId claim {@code sid}
 * @param tokenVersion claim {@code ver}
 * @param role claim {@code role}
 * @param name claim {@code name}
 * @param meetingId claim {@code mtg}, guests only
 * @param guestKey claim {@code gk}, guests only
 * @param issuedAt claim {@code iat}, to the second; empty until the token is signed
 */
public record AccessClaims(
        String userId,
        String sessionId,
        long tokenVersion,
        Role role,
        String name,
        Optional<String> meetingId,
        Optional<String> guestKey,
        Optional<Instant> issuedAt) {
    public AccessClaims {
        Objects.requireNonNull(userId);
        Objects.requireNonNull(sessionId);
        Objects.requireNonNull(role);
        Objects.requireNonNull(name);
        Objects.requireNonNull(meetingId);
        Objects.requireNonNull(guestKey);
        Objects.requireNonNull(issuedAt);
        if ((role == Role.GUEST) != meetingId.isPresent()) {
            throw new IllegalArgumentException("A guest's token is for one meeting, and only a guest's is");
        }
    }

    /** A registered user's token. */
    public static AccessClaims user(String userId, String sessionId, long tokenVersion, Role role, String name) {
        return new AccessClaims(
                userId, sessionId, tokenVersion, role, name, Optional.empty(), Optional.empty(), Optional.empty());
    }

    /** A guest's token; the guest's id stands for the session as well. */
    public static AccessClaims guest(String guestId, String name, String meetingId, String guestKey) {
        return new AccessClaims(
                guestId, guestId, 0, Role.GUEST, name, Optional.of(meetingId), Optional.of(guestKey), Optional.empty());
    }

    /** The token of a device that signs in by itself, for {@link Audience#DEVICE}; the device's id stands for user and session. */
    public static AccessClaims device(String deviceId, String name) {
        return new AccessClaims(
                deviceId, deviceId, 0, Role.DEVICE, name, Optional.empty(), Optional.empty(), Optional.empty());
    }

    /** The same claims, as they are read from a token that was signed then. */
    public AccessClaims issued(Instant at) {
        return new AccessClaims(userId, sessionId, tokenVersion, role, name, meetingId, guestKey, Optional.of(at));
    }

    public Principal principal() {
        return new Principal(userId, sessionId, role, name, tokenVersion, meetingId, guestKey);
    }
}
