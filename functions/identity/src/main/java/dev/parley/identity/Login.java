package dev.parley.identity;

import dev.parley.contracts.identity.LoginRequest;
import dev.parley.kernel.Ephemeral;
import dev.parley.kernel.Errors;
import dev.parley.kernel.Limit;
import dev.parley.kernel.PasswordHasher;
import dev.parley.kernel.RateLimiter;
import dev.parley.kernel.Sha256;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Signing in. An unknown user and a wrong password are one answer and cost the same time. Three things slow guessing down: a rate per
 * address, a rate per name, and a lock of name and address together after {@value #FAILURES} failures in a quarter of an hour. No single
 * address can keep the owner out who signs in from elsewhere; many together can slow the name down, a minute at a time. When the limits cannot be read, nobody signs in.
 */
public final class Login {
    static final int FAILURES = 5;
    static final Duration LOCK = Duration.ofMinutes(15);

    private static final int LONGEST_NAME = 254;

    private final AccountStore accounts;
    private final Sessions sessions;
    private final PasswordHasher hasher;
    private final RateLimiter limiter;
    private final Ephemeral ephemeral;
    private final InstantSource clock;

    public Login(
            AccountStore accounts,
            Sessions sessions,
            PasswordHasher hasher,
            RateLimiter limiter,
            Ephemeral ephemeral,
            InstantSource clock) {
        this.accounts = accounts;
        this.sessions = sessions;
        this.hasher = hasher;
        this.limiter = limiter;
        this.ephemeral = ephemeral;
        this.clock = clock;
    }

    /** Who signed in, and the session that was opened. */
    public record Result(Account account, Sessions.Tokens tokens) {}

    /** @throws dev.parley.kernel.ApiException 400, 401 {@code auth.credentials}, 403 {@code user.banned}, 429, 503 */
    public Result signIn(LoginRequest request, Device device) {
        String name = nameOf(request);
        String password = passwordOf(request);
        String source = device.address();
        accounts.expect();
        limiter.check("login#" + source, Limit.ADDRESS_SIGN_INS);
        // Before the name's rate: a locked address must not use up what its owner signs in with from elsewhere.
        long failures = ephemeral.count(failuresKey(name, source));
        if (failures >= FAILURES) {
            throw IdentityErrors.LOCKED.retryAfter(LOCK);
        }
        limiter.check("login#" + Sha256.base64Url(name), Limit.NAME_SIGN_INS);

        Optional<Recorded> recorded = recorded(checked(name, password, source));
        if (recorded.isEmpty()) {
            // It changed since it was read: perhaps another login only made the same password's verifier anew.
            recorded = recorded(checked(name, password, source));
        }
        Recorded login = recorded.orElseThrow(IdentityErrors.CREDENTIALS::exception);
        if (failures > 0) {
            ephemeral.remove(failuresKey(name, source));
        }
        Account account = login.account();
        if (hasher.needsRehash(account.passwordVerifier())) {
            accounts.rehash(account, hasher.hash(password), now());
        }
        return new Result(account, sessions.open(account, device, login.others()));
    }

    /** The account of that name, if the password fits and it may be used. */
    private Account checked(String name, String password, String source) {
        Optional<Account> found = accounts.findByLogin(name);
        boolean fits = found.isPresent()
                ? hasher.verify(password, found.get().passwordVerifier())
                : hasher.verifyNobody(password);
        if (!fits) {
            ephemeral.increment(failuresKey(name, source), LOCK);
            throw IdentityErrors.CREDENTIALS.exception();
        }
        Account account = found.orElseThrow();
        if (account.status() == AccountStatus.BANNED) {
            throw IdentityErrors.USER_BANNED.exception();
        }
        return account;
    }

    /** An account after a login, and what was open of it before. */
    private record Recorded(Account account, List<Session> others) {}

    /** The account after this login, in the epoch its sessions must have; empty when it changed meanwhile. */
    private Optional<Recorded> recorded(Account account) {
        Instant now = now();
        SessionStore.Open open = sessions.openOf(account.id());
        long epoch = Math.max(account.sessionEpoch(), open.lowestEpoch());
        return accounts.recordLogin(account, epoch, now)
                ? Optional.of(new Recorded(account.withLogin(now, epoch), open.sessions()))
                : Optional.empty();
    }

    /** Where the failures of a name at an address are counted. @param name as it was typed, in lower case */
    static String failuresKey(String name, String source) {
        return "failures#" + Sha256.base64Url(name.toLowerCase(Locale.ROOT)) + "#" + source;
    }

    /** To the microsecond, as PostgreSQL keeps it. */
    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MICROS);
    }

    private static String nameOf(LoginRequest request) {
        String name = request.username();
        if (name == null || name.isBlank() || name.length() > LONGEST_NAME || !AccountRules.isPlain(name)) {
            throw Errors.invalid("username", "username must be a username or an e-mail address");
        }
        return name.strip().toLowerCase(Locale.ROOT);
    }

    private static String passwordOf(LoginRequest request) {
        String password = request.password();
        if (password == null || password.isEmpty() || password.length() > 4 * PasswordRules.LONGEST) {
            throw Errors.invalid("password", "password must be the account's password");
        }
        return password;
    }
}
