package dev.parley.contracts.identity;

/** {@code DELETE /account}. @param password the account's, once more */
public record AccountDeletion(String password) {
    /** Without secrets, so that it may be logged. */
    @Override
    public String toString() {
        return "AccountDeletion[]";
    }
}
