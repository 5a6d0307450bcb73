package dev.parley.contracts.identity;

/**
 * {@code POST /register}.
 *
 * @param username 3 to 20 of letters, digits and underscore
 * @param email an address
 * @param password 8 to 128 characters of three classes, not a common word
 * @param nickname at most 50 characters; the username when absent
 * @param phone optional
 */
public record RegisterRequest(String username, String email, String password, String nickname, String phone) {
    /** Without secrets, so that it may be logged. */
    @Override
    public String toString() {
        return "RegisterRequest[username=" + username + "]";
    }
}
