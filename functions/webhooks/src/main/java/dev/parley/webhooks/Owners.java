package dev.parley.webhooks;

import dev.parley.kernel.OutboxEvent;
import dev.parley.kernel.Role;
import dev.parley.webhooks.Webhook.Disabled;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Sees to it that a webhook hears of no more than its owner may: one of an account that is gone is deleted, one of an account that is
 * banned disabled, and one of every meeting disabled when its owner is no administrator any more.
 */
public final class Owners implements Consumer<OutboxEvent> {
    private final Webhooks webhooks;

    public Owners(Webhooks webhooks) {
        this.webhooks = Objects.requireNonNull(webhooks);
    }

    @Override
    public void accept(OutboxEvent event) {
        for (Webhook hook : webhooks.ofOwner(event.subject())) {
            switch (event.type()) {
                case "account.deleted" -> webhooks.delete(hook);
                case "account.banned" -> disable(hook.id());
                case "account.role_changed" -> {
                    if (hook.everyMeeting()
                            && !Role.ADMIN.wireName().equals(event.data().get("role"))) {
                        disable(hook.id());
                    }
                }
                default -> {
                    // what else happens to an account is no matter of its webhooks
                }
            }
        }
    }

    private void disable(String id) {
        Optional<Webhook> seen = webhooks.find(id).filter(Webhook::active);
        while (seen.isPresent()
                && !webhooks.save(seen.get().faring(seen.get().failingSince(), Optional.of(Disabled.ACCOUNT)))) {
            seen = webhooks.find(id).filter(Webhook::active);
        }
    }
}
