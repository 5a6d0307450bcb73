package dev.parley.identity;

import dev.parley.contracts.identity.AccountDeletion;
import dev.parley.kernel.Errors;
import dev.parley.kernel.Outbox;
import dev.parley.kernel.OutboxEvent;
import dev.parley.kernel.PasswordHasher;
import dev.parley.kernel.Principal;
import dev.parley.kernel.Rate;
import dev.parley.kernel.RateLimiter;
import dev.parley.kernel.Revocations;
import dev.parley.kernel.Role;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Optional;

/**
 * The end of an account at its owner's wish. What is personal is erased; the row stays without a person, because meetings and the audit
 * log name it. The session that asks is the last thing to end, so that who repeats a call that failed half-way finishes it; and of one that
 * nobody repeats an event is left before anything is erased, by which this function finishes it.
 */
public final class Deletions {
    /** The event, of this function for itself. */
    public static final String LEAVING = "account.leaving";

    private static final Rate TRIES = Rate.of(5, Duration.ofMinutes(5));
    /** So long a request may be at it: an account that is still there after that was not erased. */
    private static final Duration UNDER_WAY = Duration.ofSeconds(30);

    private final AccountStore accounts;
    private final Sessions sessions;
    private final Pictures pictures;
    private final PasswordHasher hasher;
    private final RateLimiter limiter;
    private final IdentityEvents events;
    private final Outbox own;
    private final Revocations revocations;
    private final InstantSource clock;

    /** @param own whose events come back to this function */
    public Deletions(
            AccountStore accounts,
            Sessions sessions,
            Pictures pictures,
            PasswordHasher hasher,
            RateLimiter limiter,
            IdentityEvents events,
            Outbox own,
            Revocations revocations,
            InstantSource clock) {
        this.accounts = accounts;
        this.sessions = sessions;
        this.pictures = pictures;
        this.hasher = hasher;
        this.limiter = limiter;
        this.events = events;
        this.own = own;
        this.revocations = revocations;
        this.clock = clock;
    }

    /** @throws dev.parley.kernel.ApiException 400, 401, 403 {@code auth.password}, 404 {@code user.not_found}, 409 {@code admin.last}, 409, 429, 503 */
    public void delete(Principal caller, AccountDeletion request) {
        sessions.requireLive(caller);
        limiter.check("password#" + caller.userId(), TRIES);
        Account account = accounts.find(caller.userId()).orElseThrow(IdentityErrors.USER_GONE::exception);
        if (account.status() != AccountStatus.DELETED) {
            confirm(account, request);
            refuseLastAdmin(account);
            Instant now = clock.instant();
            own.append(OutboxEvent.once(LEAVING, account.id(), now.toString(), now, Map.of("user_id", account.id())));
            // Before the row is erased, which forgets where the picture is.
            pictures.forget(account);
            erase(account, caller.sessionId());
        }
        // Also where it was erased before: by a call of this very session, whose password was right.
        events.accountDeleted(account.id());
        sessions.end(caller);
        // Last: it refuses this very token, with which a deletion that failed before is finished.
        revocations.revoke(account.id());
    }

    /**
     * Finishes a deletion that was begun, unless it was not to be.
     *
     * @throws dev.parley.kernel.ApiException 503 {@code store.unavailable} while it may be under way, and when a store does not answer
     */
    public void finish(OutboxEvent leaving) {
        Optional<Account> found = accounts.find(leaving.subject());
        if (found.filter(account -> account.status() != AccountStatus.DELETED).isPresent()) {
            if (clock.instant().isBefore(leaving.at().plus(UNDER_WAY))) {
                throw Errors.STORE_UNAVAILABLE.retryAfter(UNDER_WAY);
            }
            return;
        }
        events.accountDeleted(leaving.subject());
        sessions.endAll(leaving.subject(), found.map(Account::sessionEpoch).orElse(0L), Optional.empty());
        revocations.revoke(leaving.subject());
    }

    /** Asked before anything ends; that it is so still is asked again where the row is erased. */
    private void refuseLastAdmin(Account account) {
        if (account.role() == Role.ADMIN && accounts.isLastAdmin(account.id())) {
            throw IdentityErrors.LAST_ADMIN.exception();
        }
    }

    private void confirm(Account account, AccountDeletion request) {
        String password = request.password();
        if (password == null || password.isEmpty() || password.length() > 4 * PasswordRules.LONGEST) {
            throw Errors.invalid("password", "password must be the account's password");
        }
        if (!hasher.verify(password, account.passwordVerifier())) {
            throw IdentityErrors.PASSWORD.exception();
        }
    }

    private void erase(Account account, String thisSession) {
        long epoch = sessions.endAll(account.id(), account.sessionEpoch(), Optional.of(thisSession));
        if (!accounts.erase(account, epoch, clock.instant().truncatedTo(ChronoUnit.MICROS))) {
            throw Errors.CONFLICT.exception();
        }
    }
}
