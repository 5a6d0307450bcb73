package dev.parley.identity;

import dev.parley.contracts.identity.LoginRequest;
import dev.parley.kernel.Ephemeral;
import dev.parley.kernel.Errors;
import dev.parley.kernel.PasswordHasher;
import dev.parley.kernel.Rate;
import dev.parley.kernel.RateLimiter;
import dev.parley.kernel.Sha256;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
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

    private static final Rate PER_ADDRESS = Rate.of(30, Duration.ofMinutes(1));
    private static final Rate PER_NAME = Rate.of(10, Duration.ofMinutes(1));
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
    public Result signIn(LoginRequest request, String sourceIp) {
        String name = nameOf(request);
        String password = passwordOf(request);
        String nameKey = Sha256.base64Url(name);
        String failuresKey = "failures#" + nameKey + "#" + sourceIp;
        limiter.check("login#" + sourceIp, PER_ADDRESS);
        // Before the name's rate: a locked address must not use up what its owner signs in with from elsewhere.
        if (ephemeral.count(failuresKey) >= FAILURES) {
            throw IdentityErrors.LOCKED.retryAfter(LOCK);
        }
        limiter.check("login#" + nameKey, PER_NAME);

        Optional<Account> found = accounts.findByLogin(name);
        boolean fits = found.isPresent()
                ? hasher.verify(password, found.get().passwordVerifier())
                : hasher.verifyNobody(password);
        if (!fits) {
            ephemeral.increment(failuresKey, LOCK);
            throw IdentityErrors.CREDENTIALS.exception();
        }
        Account account = found.orElseThrow();
        if (account.status() == AccountStatus.BANNED) {
            throw IdentityErrors.USER_BANNED.exception();
        }
        ephemeral.remove(failuresKey);
        return opened(account, password);
    }

    private Result opened(Account account, String password) {
        Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
        if (hasher.needsRehash(account.passwordVerifier())) {
            accounts.updatePassword(account.id(), hasher.hash(password), now);
        }
        accounts.recordLogin(account.id(), now);
        Account current = account.withLogin(now);
        return new Result(current, sessions.open(current));
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
