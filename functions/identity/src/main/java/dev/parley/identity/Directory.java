package dev.parley.identity;

import dev.parley.contracts.identity.UserCard;
import dev.parley.kernel.Errors;
import dev.parley.kernel.People;
import dev.parley.kernel.Principal;
import dev.parley.kernel.Rate;
import dev.parley.kernel.RateLimiter;
import java.time.Duration;

/** Finding somebody by exactly what they are called: there is no list of accounts, and no part of a name finds any. */
public final class Directory {
    private static final Rate LOOKUPS = Rate.of(20, Duration.ofMinutes(1));
    private static final int LONGEST = 254;

    private final AccountStore accounts;
    private final People people;
    private final RateLimiter limiter;

    public Directory(AccountStore accounts, People people, RateLimiter limiter) {
        this.accounts = accounts;
        this.people = people;
        this.limiter = limiter;
    }

    /**
     * The account of that username or e-mail address, whatever the case; the address is not answered.
     *
     * @throws dev.parley.kernel.ApiException 400, 404 {@code user.not_found}, also for accounts that may not be used, 429, 503
     */
    public UserCard find(Principal caller, String usernameOrEmail) {
        String name = usernameOrEmail.strip();
        if (name.isEmpty() || name.length() > LONGEST || !AccountRules.isPlain(name)) {
            throw Errors.invalid("username", "username must be a username or an e-mail address");
        }
        limiter.check("lookup#" + caller.userId(), LOOKUPS);
        Account account = accounts.findByLogin(name)
                .filter(found -> found.status() == AccountStatus.ACTIVE)
                .orElseThrow(IdentityErrors.USER_GONE::exception);
        // Who was found can be written to: also an account that is older than the list of names.
        people.put(NamedAccounts.person(account));
        return new UserCard(account.id(), account.username(), account.nickname(), account.avatar());
    }
}
