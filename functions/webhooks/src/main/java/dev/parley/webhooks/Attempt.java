package dev.parley.webhooks;

import dev.parley.contracts.webhooks.AttemptView;
import java.time.Instant;
import java.util.Optional;

/**
 * One try to deliver.
 *
 * @param status of the answer; 0 when there was none
 * @param error why it failed, one word; empty when it was delivered
 * @param tookMillis from the first look-up of the name to the end of the answer
 */
public record Attempt(Instant at, int status, Optional<String> error, long tookMillis) {
    boolean delivered() {
        return error.isEmpty();
    }

    AttemptView view() {
        return new AttemptView(at, status == 0 ? null : status, error.orElse(null), tookMillis);
    }
}
