package dev.parley.contracts.identity;

/**
 * {@code POST /login}.
 *
 * @param username the username or the e-mail address
 * @param password the password
 */
public record LoginRequest(String username, String password) {
    /** Without secrets, so that it may be logged. */
    @Override
    public String toString() {
        return "LoginRequest[username=" + username + "]";
    }
}
