package dev.parley.identity;

import dev.parley.kernel.ApiException;
import dev.parley.kernel.Envelope;
import dev.parley.kernel.People;
import dev.parley.kernel.Person;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

/**
 * Accounts whose names others are told, after each change of them and at each login: what was missed by a store that did not answer is
 * there with the next. Whoever is gone is not told here but where that is told everybody.
 */
public final class NamedAccounts implements AccountStore {
    private final AccountStore accounts;
    private final People people;

    public NamedAccounts(AccountStore accounts, People people) {
        this.accounts = Objects.requireNonNull(accounts);
        this.people = Objects.requireNonNull(people);
    }

    @Override
    public void expect() {
        accounts.expect();
    }

    @Override
    public boolean add(Account account) {
        boolean added = accounts.add(account);
        if (added) {
            try {
                people.put(person(account));
            } catch (ApiException e) {
                // The account is there, and cannot be made again; its first login tells its name.
                return true;
            }
        }
        return added;
    }

    @Override
    public Optional<Account> find(String id) {
        return accounts.find(id);
    }

    @Override
    public Optional<Account> findByLogin(String usernameOrEmail) {
        return accounts.findByLogin(usernameOrEmail);
    }

    @Override
    public boolean updateProfile(String id, String nickname, String avatar, String phone, Instant now) {
        boolean updated = accounts.updateProfile(id, nickname, avatar, phone, now);
        if (updated) {
            people.put(Person.of(id, nickname, avatar));
        }
        return updated;
    }

    @Override
    public boolean rehash(Account account, String passwordVerifier, Instant now) {
        return accounts.rehash(account, passwordVerifier, now);
    }

    @Override
    public boolean replacePassword(Account account, String passwordVerifier, long sessionEpoch, Instant now) {
        return accounts.replacePassword(account, passwordVerifier, sessionEpoch, now);
    }

    @Override
    public boolean replaceAvatar(Account account, String avatar, Instant now) {
        boolean replaced = accounts.replaceAvatar(account, avatar, now);
        if (replaced) {
            people.put(Person.of(account.id(), account.nickname(), avatar));
        }
        return replaced;
    }

    @Override
    public boolean isLastAdmin(String id) {
        return accounts.isLastAdmin(id);
    }

    @Override
    public boolean erase(Account account, long sessionEpoch, Instant now) {
        return accounts.erase(account, sessionEpoch, now);
    }

    @Override
    public boolean recordLogin(Account account, long sessionEpoch, Instant now) {
        boolean recorded = accounts.recordLogin(account, sessionEpoch, now);
        if (recorded) {
            people.put(person(account));
        }
        return recorded;
    }

    /** The register, whose decisions about names others are told as well. */
    public AccountRegister register(AccountRegister register) {
        return new AccountRegister() {
            @Override
            public Envelope.Page<Account> page(AccountQuery query) {
                return register.page(query);
            }

            @Override
            public Optional<Account> find(String id) {
                return register.find(id);
            }

            @Override
            public Optional<Account> decide(String id, String actorId, Decision decision) {
                Account[] after = new Account[1];
                Optional<Account> decided = register.decide(id, actorId, held -> {
                    Decided what = decision.on(held);
                    after[0] = what.after().orElse(null);
                    return what;
                });
                if (decided.isPresent() && after[0] != null) {
                    people.put(person(after[0]));
                }
                return decided;
            }
        };
    }

    static Person person(Account account) {
        return Person.of(account.id(), account.nickname(), account.avatar());
    }
}
