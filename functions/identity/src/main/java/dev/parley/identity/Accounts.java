package dev.parley.identity;

import dev.parley.contracts.identity.PasswordChange;
import dev.parley.contracts.identity.ProfileUpdate;
import dev.parley.contracts.identity.RegisterRequest;
import dev.parley.kernel.Errors;
import dev.parley.kernel.Ids;
import dev.parley.kernel.Limit;
import dev.parley.kernel.PasswordHasher;
import dev.parley.kernel.Principal;
import dev.parley.kernel.Rate;
import dev.parley.kernel.RateLimiter;
import dev.parley.kernel.Role;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/** Registering, and looking after one's own account. */
public final class Accounts {
    private static final Rate PASSWORD_CHANGES = Rate.of(5, Duration.ofMinutes(5));
    private static final Rate PICTURES = Rate.of(10, Duration.ofMinutes(10));

    private final AccountStore store;
    private final Sessions sessions;
    private final Passwords passwords;
    private final Pictures pictures;
    private final PasswordHasher hasher;
    private final RateLimiter limiter;
    private final IdentityEvents events;
    private final Ids ids;
    private final InstantSource clock;

    public Accounts(
            AccountStore store,
            Sessions sessions,
            Passwords passwords,
            Pictures pictures,
            PasswordHasher hasher,
            RateLimiter limiter,
            IdentityEvents events,
            Ids ids,
            InstantSource clock) {
        this.store = store;
        this.sessions = sessions;
        this.passwords = passwords;
        this.pictures = pictures;
        this.hasher = hasher;
        this.limiter = limiter;
        this.events = events;
        this.ids = ids;
        this.clock = clock;
    }

    /** @throws dev.parley.kernel.ApiException 400 by field, 409 {@code user.exists}, 429 */
    public Account register(RegisterRequest request, String sourceIp) {
        String username = AccountRules.username(request.username());
        String email = AccountRules.email(request.email());
        String password = PasswordRules.check("password", request.password(), username);
        String nickname = AccountRules.nickname(request.nickname(), username);
        String phone = AccountRules.phone(request.phone());
        limiter.check("register#" + sourceIp, Limit.ADDRESS_REGISTRATIONS);

        Account account = new Account(
                ids.user(),
                username,
                email,
                hasher.hash(password),
                nickname,
                "",
                phone,
                Role.USER,
                AccountStatus.ACTIVE,
                Optional.empty(),
                now(),
                0);
        if (!store.add(account)) {
            throw IdentityErrors.USER_EXISTS.exception();
        }
        return account;
    }

    public Account read(Principal caller) {
        return store.find(caller.userId())
                .filter(account -> account.status() != AccountStatus.DELETED)
                .orElseThrow(IdentityErrors.USER_GONE::exception);
    }

    /** Absent members stay as they are; an empty nickname becomes the username. */
    public Account update(Principal caller, ProfileUpdate update) {
        Account account = read(caller);
        Account changed = account.withProfile(
                update.nickname() == null
                        ? account.nickname()
                        : AccountRules.nickname(update.nickname(), account.username()),
                update.avatar() == null ? account.avatar() : AccountRules.avatar(update.avatar()),
                update.phone() == null ? account.phone() : AccountRules.phone(update.phone()));
        if (!store.updateProfile(account.id(), changed.nickname(), changed.avatar(), changed.phone(), now())) {
            throw IdentityErrors.USER_GONE.exception();
        }
        if (!changed.avatar().equals(account.avatar())) {
            pictures.forget(account);
        }
        if (!changed.nickname().equals(account.nickname())) {
            sessions.rename(caller, changed.nickname());
        }
        return changed;
    }

    /**
     * Makes a picture the account's. The one before is removed last: who repeats a call that failed half-way keeps one picture.
     *
     * @param bytes PNG, JPEG or WebP
     * @throws dev.parley.kernel.ApiException 400, 404, 409, 415 {@code avatar.type}, 422 {@code avatar.dimensions} or
     *     {@code avatar.unreadable}, 429, 503
     */
    public Account changePicture(Principal caller, byte[] bytes) {
        limiter.check("picture#" + caller.userId(), PICTURES);
        Account account = read(caller);
        String address = pictures.keep(account, bytes);
        Account changed = account.withProfile(account.nickname(), address, account.phone());
        if (!store.replaceAvatar(account, address, now())) {
            pictures.forget(changed);
            throw Errors.CONFLICT.exception();
        }
        pictures.forget(account);
        return changed;
    }

    /**
     * Changes the password and ends every other session. Who repeats a call that failed half-way finishes it.
     *
     * @param locale of the mail that tells the owner
     * @throws dev.parley.kernel.ApiException 400, 401, 403 {@code auth.old_password}, 409 when somebody else changed it meanwhile, 429
     */
    public void changePassword(Principal caller, PasswordChange change, String locale) {
        sessions.requireLive(caller);
        limiter.check("password#" + caller.userId(), PASSWORD_CHANGES);
        Account account = read(caller);
        if (change.oldPassword() == null || change.oldPassword().length() > 4 * PasswordRules.LONGEST) {
            throw Errors.invalid("old_password", "old_password must be the present password");
        }
        String password = PasswordRules.check("new_password", change.newPassword(), account.username());
        if (password.equals(change.oldPassword())) {
            throw Errors.invalid("new_password", "new_password must differ from the old one");
        }
        if (hasher.verify(change.oldPassword(), account.passwordVerifier())) {
            if (!passwords.replace(account, password, Optional.of(caller.sessionId()))) {
                throw Errors.CONFLICT.exception();
            }
        } else if (!hasher.verify(password, account.passwordVerifier())) {
            throw IdentityErrors.OLD_PASSWORD.exception();
        }
        // Also where the new password is there already: it was changed, and the answer or what follows was lost.
        events.passwordChanged(account, locale);
    }

    /** To the microsecond, as PostgreSQL keeps it, so that an account reads back as it was answered. */
    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MICROS);
    }
}
