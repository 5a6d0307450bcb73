package dev.parley.identity;

import dev.parley.kernel.AuditAct;
import dev.parley.kernel.Envelope;
import java.util.Optional;

/** All accounts, as those see and change them who look after them. A store that sleeps is 503 {@code store.waking}. */
public interface AccountRegister {
    Envelope.Page<Account> page(AccountQuery query);

    Optional<Account> find(String id);

    /**
     * Decides about an account while nobody else changes it, the actor's own or any administrator's, and writes the decision and its entry in
     * the audit log together.
     *
     * @return the account as it is afterwards, or as it was when it is gone; empty when there is none
     */
    Optional<Account> decide(String id, String actorId, Decision decision);

    /** What to do about an account. */
    @FunctionalInterface
    interface Decision {
        /** @throws dev.parley.kernel.ApiException to leave everything as it is */
        Decided on(Held held);
    }

    /**
     * What a decision is taken from.
     *
     * @param account the account it is about
     * @param actor the actor's own account
     * @param otherAdmins how many other administrators there are who may sign in
     */
    record Held(Account account, Optional<Account> actor, int otherAdmins) {}

    /**
     * A decision.
     *
     * @param after the account as it shall be; empty erases it
     * @param entry what the audit log keeps; empty when nothing changes
     */
    record Decided(Optional<Account> after, Optional<AuditAct> entry) {
        static Decided unchanged(Account account) {
            return new Decided(Optional.of(account), Optional.empty());
        }
    }
}
