package dev.parley.identity;

import dev.parley.contracts.admin.AccountChange;
import dev.parley.identity.AccountRegister.Decided;
import dev.parley.identity.AccountRegister.Held;
import dev.parley.kernel.Actor;
import dev.parley.kernel.AuditAct;
import dev.parley.kernel.Envelope;
import dev.parley.kernel.Errors;
import dev.parley.kernel.Ids;
import dev.parley.kernel.Outbox;
import dev.parley.kernel.OutboxEvent;
import dev.parley.kernel.Revocations;
import dev.parley.kernel.Role;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * Looking after accounts. Administrators may do everything here; moderators see accounts without e-mail address and telephone number, and
 * ban and unban plain users. Nobody bans, demotes or removes themselves, and the last administrator stays. Who acts is looked up again
 * while the accounts are held: a token that still says more than the account does not count.
 *
 * <p>A ban, a removal and a new role end every session and every access token; a ban and a removal also the sockets and the media, which
 * those do who have them, once they are told. All of that can be done twice: whoever was answered with a failure asks again.
 */
public final class AccountCare {
    private static final Set<Role> GIVEN = Set.of(Role.USER, Role.MODERATOR, Role.ADMIN);
    private static final int LONGEST_REASON = 200;

    private final AccountRegister register;
    private final Sessions sessions;
    private final Revocations revocations;
    private final Outbox outbox;
    private final Ids ids;
    private final InstantSource clock;

    public AccountCare(
            AccountRegister register,
            Sessions sessions,
            Revocations revocations,
            Outbox outbox,
            Ids ids,
            InstantSource clock) {
        this.register = Objects.requireNonNull(register);
        this.sessions = Objects.requireNonNull(sessions);
        this.revocations = Objects.requireNonNull(revocations);
        this.outbox = Objects.requireNonNull(outbox);
        this.ids = Objects.requireNonNull(ids);
        this.clock = Objects.requireNonNull(clock);
    }

    public Envelope.Page<Account> page(AccountQuery query) {
        return register.page(query);
    }

    /** @throws dev.parley.kernel.ApiException 404 {@code user.not_found} */
    public Account read(String id) {
        return register.find(id).orElseThrow(IdentityErrors.USER_GONE::exception);
    }

    /** Gives an account another name or role. Whose role changes signs in again. */
    public Account change(Actor actor, String id, AccountChange change) {
        Optional<Role> role = Optional.ofNullable(change.role()).map(AccountCare::role);
        Account after = decide(actor, id, held -> {
            requireRole(actor, held, Role.ADMIN);
            Account account = held.account();
            Role next = role.orElse(account.role());
            String name = change.nickname() == null
                    ? account.nickname()
                    : AccountRules.nickname(change.nickname(), account.username());
            if (next == account.role() && name.equals(account.nickname())) {
                return Decided.unchanged(account);
            }
            if (next != account.role()) {
                refuseOnOneself(actor, id);
                refuseOnLastAdmin(held);
            }
            Map<String, String> before = new HashMap<>();
            Map<String, String> now = new HashMap<>();
            note(before, now, "role", account.role().wireName(), next.wireName());
            note(before, now, "nickname", account.nickname(), name);
            Account changed = account.managed(name, next, account.status());
            return decided(changed, entry(actor, "account.change", id, before, now));
        });
        if (role.isPresent()) {
            endAccess(id, after.sessionEpoch());
            tell("account.role_changed", id, Map.of("role", after.role().wireName()));
        }
        return after;
    }

    /** Keeps somebody out: no sign-in, no session, no token, no socket, no media. @param reason for the audit log, or null */
    public Account ban(Actor actor, String id, String reason) {
        if (reason != null && (reason.length() > LONGEST_REASON || !AccountRules.isPlain(reason))) {
            throw Errors.invalid("reason", "reason may have 200 characters at most, on one line");
        }
        Account banned = decide(actor, id, held -> {
            requireModerationOf(actor, held);
            refuseOnOneself(actor, id);
            refuseOnLastAdmin(held);
            Map<String, String> now = new HashMap<>();
            if (reason != null && !reason.isBlank()) {
                now.put("reason", reason.strip());
            }
            return withStatus(actor, held.account(), AccountStatus.BANNED, "account.ban", now);
        });
        endAccess(id, banned.sessionEpoch());
        tell("account.banned", id, Map.of());
        return banned;
    }

    /** Lets somebody sign in again. */
    public Account unban(Actor actor, String id) {
        return decide(actor, id, held -> {
            requireModerationOf(actor, held);
            return withStatus(actor, held.account(), AccountStatus.ACTIVE, "account.unban", new HashMap<>());
        });
    }

    /** Removes an account. @return what it was */
    public Account remove(Actor actor, String id) {
        Optional<Account> removed = register.decide(id, actor.id(), held -> {
            requireRole(actor, held, Role.ADMIN);
            refuseOnOneself(actor, id);
            refuseOnLastAdmin(held);
            Account account = held.account();
            Map<String, String> before = Map.of(
                    "role",
                    account.role().wireName(),
                    "status",
                    account.status().wireName());
            return new Decided(Optional.empty(), Optional.of(entry(actor, "account.delete", id, before, Map.of())));
        });
        // Of one that is gone too: it may have been removed by a call that ended here.
        endAccess(id, removed.map(Account::sessionEpoch).orElse(0L));
        tell("account.deleted", id, Map.of());
        return removed.orElseThrow(IdentityErrors.USER_GONE::exception);
    }

    private Account decide(Actor actor, String id, AccountRegister.Decision decision) {
        return register.decide(id, actor.id(), decision).orElseThrow(IdentityErrors.USER_GONE::exception);
    }

    private Decided withStatus(
            Actor actor, Account account, AccountStatus status, String act, Map<String, String> after) {
        if (account.status() == status) {
            return Decided.unchanged(account);
        }
        after.put("status", status.wireName());
        Map<String, String> before = Map.of("status", account.status().wireName());
        Account changed = account.managed(account.nickname(), account.role(), status);
        return decided(changed, entry(actor, act, account.id(), before, after));
    }

    private static Decided decided(Account after, AuditAct entry) {
        return new Decided(Optional.of(after), Optional.of(entry));
    }

    private static void requireRole(Actor actor, Held held, Role needed) {
        if (actor.id().equals(Actor.OPERATOR)) {
            return;
        }
        held.actor()
                .filter(own -> own.status() == AccountStatus.ACTIVE)
                .filter(own -> own.role().compareTo(needed) >= 0)
                .orElseThrow(Errors.FORBIDDEN::exception);
    }

    private static void requireModerationOf(Actor actor, Held held) {
        requireRole(actor, held, held.account().role() == Role.USER ? Role.MODERATOR : Role.ADMIN);
    }

    private static void refuseOnOneself(Actor actor, String id) {
        if (actor.id().equals(id)) {
            throw IdentityErrors.ONESELF.exception();
        }
    }

    private static void refuseOnLastAdmin(Held held) {
        boolean counts = held.account().role() == Role.ADMIN && held.account().status() == AccountStatus.ACTIVE;
        if (counts && held.otherAdmins() == 0) {
            throw IdentityErrors.LAST_ADMIN.exception();
        }
    }

    /** Sessions first: none makes new tokens when those that are out are taken back. */
    private void endAccess(String id, long epoch) {
        sessions.endAll(id, epoch, Optional.empty());
        revocations.revoke(id);
    }

    private void tell(String type, String id, Map<String, String> more) {
        Map<String, String> data = new HashMap<>(more);
        data.put("user_id", id);
        outbox.append(new OutboxEvent(ids.opaque("e_"), type, id, clock.instant(), data));
    }

    private AuditAct entry(
            Actor actor, String act, String subject, Map<String, String> before, Map<String, String> after) {
        Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
        return new AuditAct(ids.opaque("a_"), now, actor, act, subject, AuditAct.DONE, before, after);
    }

    private static void note(
            Map<String, String> before, Map<String, String> after, String name, String was, String is) {
        if (!was.equals(is)) {
            before.put(name, was);
            after.put(name, is);
        }
    }

    private static Role role(String text) {
        return Role.ofWireName(text)
                .filter(GIVEN::contains)
                .orElseThrow(() -> Errors.invalid("role", "role must be user, moderator or admin"));
    }
}
