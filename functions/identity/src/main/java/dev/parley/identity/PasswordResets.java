package dev.parley.identity;

import dev.parley.contracts.identity.ForgottenPassword;
import dev.parley.contracts.identity.PasswordReset;
import dev.parley.kernel.Ephemeral;
import dev.parley.kernel.Errors;
import dev.parley.kernel.Ids;
import dev.parley.kernel.Limit;
import dev.parley.kernel.PasswordHasher;
import dev.parley.kernel.Rate;
import dev.parley.kernel.RateLimiter;
import dev.parley.kernel.Sha256;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/**
 * A new password for who forgot the old one, by a code in a mail. A code lasts {@link #LIFETIME}, is kept as an Argon2id verifier, belongs
 * to the password that it replaces, and is void after {@value #TRIES} tries. What is asked for an unknown address takes the same steps and
 * gets the same answers. When the limits cannot be read, nothing is sent and nothing changed.
 */
public final class PasswordResets {
    static final Duration LIFETIME = Duration.ofMinutes(15);
    static final int TRIES = 5;

    private static final Rate MAILS_PER_SOURCE = Rate.of(10, Duration.ofMinutes(10));
    private static final Rate TRIES_PER_SOURCE = Rate.of(20, Duration.ofMinutes(10));
    private static final Rate TRIES_PER_ADDRESS = Rate.of(10, Duration.ofMinutes(10));

    private final AccountStore accounts;
    private final Passwords passwords;
    private final PasswordHasher hasher;
    private final RateLimiter limiter;
    private final Ephemeral ephemeral;
    private final IdentityEvents events;
    private final ResetCodes codes;
    private final Ids ids;

    public PasswordResets(
            AccountStore accounts,
            Passwords passwords,
            PasswordHasher hasher,
            RateLimiter limiter,
            Ephemeral ephemeral,
            IdentityEvents events,
            ResetCodes codes,
            Ids ids) {
        this.accounts = accounts;
        this.passwords = passwords;
        this.hasher = hasher;
        this.limiter = limiter;
        this.ephemeral = ephemeral;
        this.events = events;
        this.codes = codes;
        this.ids = ids;
    }

    /**
     * Sends a code, if an account that may be used has this address. A newer code replaces an older one.
     *
     * @param locale of the mail
     * @throws dev.parley.kernel.ApiException 400, 429, 503
     */
    public void request(ForgottenPassword request, String sourceIp, String locale) {
        String email = AccountRules.email(request.email());
        String address = Sha256.base64Url(email);
        limiter.check("forgot#" + sourceIp, MAILS_PER_SOURCE);
        limiter.check("forgot#" + address, Limit.ADDRESS_RESET_MAILS);

        Optional<Account> account = accounts.findByLogin(email).filter(found -> found.status() == AccountStatus.ACTIVE);
        String code = codes.next();
        Map<String, String> entry = Map.of(
                "code", hasher.hash(code),
                "tries", ids.opaque("t_"),
                "account", account.map(Account::id).orElse(""),
                "replaces", account.map(PasswordResets::fingerprint).orElse(""));
        ephemeral.put(keyOf(address), entry, LIFETIME);
        if (account.isPresent()) {
            events.passwordReset(account.get(), code, locale);
        } else {
            // As much work as the event is, so that the time of the answer tells nothing.
            ephemeral.put("reset-nobody#" + address, Map.of("at", address), LIFETIME);
        }
    }

    /**
     * Replaces the password and ends all sessions. Who repeats a call that failed half-way, with the same password, finishes it.
     *
     * @param locale of the mail that tells the owner
     * @throws dev.parley.kernel.ApiException 400 by field, 400 {@code auth.reset_code} for a code that is wrong, used, too old or tried too
     *     often, 429, 503
     */
    public void reset(PasswordReset request, String sourceIp, String locale) {
        String email = AccountRules.email(request.email());
        String address = Sha256.base64Url(email);
        String code = ResetCodes.normalized(request.code())
                .orElseThrow(() -> Errors.invalid("code", "code must be the one in the mail"));
        String password = PasswordRules.check("password", request.password(), "");
        limiter.check("reset#" + sourceIp, TRIES_PER_SOURCE);
        limiter.check("reset#" + address, TRIES_PER_ADDRESS);

        Map<String, String> entry = checked(address, code);
        Account account = accounts.find(entry.get("account"))
                .filter(found -> found.status() == AccountStatus.ACTIVE)
                .orElseThrow(IdentityErrors.RESET_CODE::exception);
        if (!entry.get("replaces").equals(fingerprint(account))) {
            // Replaced since the code was sent: by this very request, which then goes on, or by another.
            if (!hasher.verify(password, account.passwordVerifier())) {
                throw IdentityErrors.RESET_CODE.exception();
            }
        } else {
            PasswordRules.check("password", password, account.username());
            if (!passwords.replace(account, password, Optional.empty())) {
                throw IdentityErrors.RESET_CODE.exception();
            }
        }
        events.passwordChanged(account, locale);
        ephemeral.remove(Login.failuresKey(email, sourceIp));
        ephemeral.remove(Login.failuresKey(account.username(), sourceIp));
        ephemeral.remove(keyOf(address));
    }

    /** The entry of this address, if the code fits. Each try counts before it is looked at, so that no two at once share one. */
    private Map<String, String> checked(String address, String code) {
        Optional<Map<String, String>> entry = ephemeral.find(keyOf(address));
        String tries = entry.map(found -> found.get("tries")).orElse("nobody#" + address);
        long tried = ephemeral.increment("reset-tries#" + tries, LIFETIME);
        boolean fits = entry.isPresent() && tried <= TRIES
                ? hasher.verify(code, entry.get().get("code"))
                : hasher.verifyNobody(code);
        if (!fits || entry.get().get("account").isEmpty()) {
            throw IdentityErrors.RESET_CODE.exception();
        }
        return entry.get();
    }

    /** Which password an account has, without telling it. */
    private static String fingerprint(Account account) {
        return Sha256.base64Url(account.passwordVerifier());
    }

    private static String keyOf(String address) {
        return "reset#" + address;
    }
}
