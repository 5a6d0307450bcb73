package dev.parley.contracts.meetings;

/**
 * {@code POST /meetings/{id}/join}.
 *
 * @param invitation the secret of an invitation's link: with it, and an account, nobody waits in the lobby
 */
public record JoinRequest(String password, String displayName, String invitation) {
    public JoinRequest(String password, String displayName) {
        this(password, displayName, null);
    }
}
