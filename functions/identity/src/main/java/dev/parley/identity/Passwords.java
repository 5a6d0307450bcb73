package dev.parley.identity;

import dev.parley.kernel.Errors;
import dev.parley.kernel.PasswordHasher;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/**
 * Replaces passwords. Sessions end first: in the store of sessions the epoch rises, then the account takes the new password and that epoch
 * in one write, if neither has changed since it was read. So a session that is opened with the old password at the same moment has an
 * epoch that is over, and what fails half-way leaves the old password, with which it can be repeated.
 */
public final class Passwords {
    private static final int ATTEMPTS = 5;

    private final AccountStore accounts;
    private final Sessions sessions;
    private final PasswordHasher hasher;
    private final InstantSource clock;

    public Passwords(AccountStore accounts, Sessions sessions, PasswordHasher hasher, InstantSource clock) {
        this.accounts = accounts;
        this.sessions = sessions;
        this.hasher = hasher;
        this.clock = clock;
    }

    /**
     * Replaces the password of {@code account} and ends its sessions, except one.
     *
     * @return false when the account has another password by now, or is gone
     */
    boolean replace(Account account, String password, Optional<String> except) {
        String verifier = hasher.hash(password);
        Account present = account;
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            long epoch = sessions.endAll(present.id(), present.sessionEpoch(), except);
            if (accounts.replacePassword(
                    present, verifier, epoch, clock.instant().truncatedTo(ChronoUnit.MICROS))) {
                return true;
            }
            // Somebody changed the password, or signed in with the old one into the new epoch. Only the latter leaves
            // the password.
            Optional<Account> read = accounts.find(account.id());
            if (read.isEmpty() || !read.get().passwordVerifier().equals(account.passwordVerifier())) {
                return false;
            }
            present = read.get();
        }
        throw Errors.CONFLICT.exception();
    }
}
