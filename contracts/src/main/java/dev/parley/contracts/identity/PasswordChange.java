package dev.parley.contracts.identity;

/** {@code POST /change-password}. Ends the account's other sessions. */
public record PasswordChange(String oldPassword, String newPassword) {
    /** Without secrets, so that it may be logged. */
    @Override
    public String toString() {
        return "PasswordChange[]";
    }
}
