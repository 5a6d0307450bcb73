package dev.parley.identity;

import java.time.Instant;
import java.util.Optional;

/** Where accounts are kept. A store that sleeps is 503 {@code store.waking}. */
public interface AccountStore {
    /** Somebody will be looked for in a moment: what that takes may begin. Fails never, and waits for nothing. */
    void expect();

    /** Adds an account. @return false when its username or address is taken, whatever the case */
    boolean add(Account account);

    Optional<Account> find(String id);

    /** The account of that username or e-mail address, whatever the case. */
    Optional<Account> findByLogin(String usernameOrEmail);

    /** Changes what people see of an account. @return false when it is gone */
    boolean updateProfile(String id, String nickname, String avatar, String phone, Instant now);

    /**
     * Replaces the verifier of a password by one that was made anew of the same password.
     *
     * @return false when it is not {@code account}'s any more
     */
    boolean rehash(Account account, String passwordVerifier, Instant now);

    /**
     * Replaces the password, if both it and the epoch of the sessions are still as {@code account} has them.
     *
     * @param sessionEpoch in which sessions are opened from now on
     * @return false when somebody else changed one of them; nothing is written then
     */
    boolean replacePassword(Account account, String passwordVerifier, long sessionEpoch, Instant now);

    /** Changes the picture's address. @return false when the account is gone, or has another than {@code account} by now */
    boolean replaceAvatar(Account account, String avatar, Instant now);

    /** Whether an account is the only one that administers and may sign in. */
    boolean isLastAdmin(String id);

    /**
     * Erases what is personal and keeps the id, if the account is still as it was read and is not the last administrator's.
     *
     * @param sessionEpoch in which no session is ever opened
     * @return false when it is not; nothing is written then
     */
    boolean erase(Account account, long sessionEpoch, Instant now);

    /**
     * Notes a login, if the account is active and its password and role are still those that were read.
     *
     * @param sessionEpoch in which sessions are opened from now on, if the account's is not higher
     * @return false when it is not; nothing is written then
     */
    boolean recordLogin(Account account, long sessionEpoch, Instant now);
}
