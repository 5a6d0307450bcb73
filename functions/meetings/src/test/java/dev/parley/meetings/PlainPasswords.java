package dev.parley.meetings;

import dev.parley.kernel.PasswordHasher;

/** A hasher that is quick, for tests. */
final class PlainPasswords implements PasswordHasher {
    @Override
    public String hash(String password) {
        return "hash of " + password;
    }

    @Override
    public boolean verify(String password, String verifier) {
        return verifier.equals(hash(password));
    }

    @Override
    public boolean needsRehash(String verifier) {
        return false;
    }

    @Override
    public boolean verifyNobody(String password) {
        return false;
    }
}
