package dev.parley.kernel;

import java.util.Objects;
import java.util.Optional;

/**
 * Who is calling, as the verified access token says.
 *
 * @param userId {@code u_…} or, for a guest, {@code g_…}
 * @param sessionId the login session; for a guest, the guest's own id
 * @param role what the account is
 * @param name the name to show
 * @param tokenVersion the session's version when the token was issued; sensitive routes compare it with the store
 * @param meetingId the one meeting a guest's token is good for
 * @param guestKey what a browser keeps so that the same guest is known again
 */
public record Principal(
        String userId,
        String sessionId,
        Role role,
        String name,
        long tokenVersion,
        Optional<String> meetingId,
        Optional<String> guestKey) {
    public Principal {
        Objects.requireNonNull(userId);
        Objects.requireNonNull(sessionId);
        Objects.requireNonNull(role);
        Objects.requireNonNull(name);
        Objects.requireNonNull(meetingId);
        Objects.requireNonNull(guestKey);
    }

    public boolean isGuest() {
        return role == Role.GUEST;
    }

    /** Whether it is a device that signs in by itself: its id is in place of a user's. */
    public boolean isDevice() {
        return role == Role.DEVICE;
    }

    /** Whether this caller may ask anything about that meeting: an account any, a guest its own, a device none. */
    public boolean mayAddress(String meeting) {
        return !isDevice() && (!isGuest() || meetingId.filter(meeting::equals).isPresent());
    }
}
