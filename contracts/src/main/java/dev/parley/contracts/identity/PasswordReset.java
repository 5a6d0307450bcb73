package dev.parley.contracts.identity;

/**
 * {@code POST /reset-password}. Ends all sessions of the account.
 *
 * @param email the account's address
 * @param code as the mail says it; spaces, hyphens and case do not matter
 * @param password the new one
 */
public record PasswordReset(String email, String code, String password) {
    /** Without secrets, so that it may be logged. */
    @Override
    public String toString() {
        return "PasswordReset[]";
    }
}
