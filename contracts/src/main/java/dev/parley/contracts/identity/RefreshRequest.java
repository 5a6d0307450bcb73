package dev.parley.contracts.identity;

/**
 * {@code POST /refresh-token}. A browser sends its cookie instead.
 *
 * @param refreshToken the newest one of its session
 */
public record RefreshRequest(String refreshToken) {
    /** Without secrets, so that it may be logged. */
    @Override
    public String toString() {
        return "RefreshRequest[]";
    }
}
