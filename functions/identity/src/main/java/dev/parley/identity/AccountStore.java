package dev.parley.identity;

import java.time.Instant;
import java.util.Optional;

/** Where accounts are kept. A store that sleeps is 503 {@code store.waking}. */
public interface AccountStore {
    /** Adds an account. @return false when its username or address is taken, whatever the case */
    boolean add(Account account);

    Optional<Account> find(String id);

    /** The account of that username or e-mail address, whatever the case. */
    Optional<Account> findByLogin(String usernameOrEmail);

    /** Changes what people see of an account. @return false when it is gone */
    boolean updateProfile(String id, String nickname, String avatar, String phone, Instant now);

    void updatePassword(String id, String passwordVerifier, Instant now);

    void recordLogin(String id, Instant now);
}
