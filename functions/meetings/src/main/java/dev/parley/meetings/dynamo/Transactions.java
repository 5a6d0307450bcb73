package dev.parley.meetings.dynamo;

import dev.parley.kernel.Errors;
import dev.parley.platform.dynamo.Dynamo;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.random.RandomGenerator;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.CancellationReason;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;
import software.amazon.awssdk.services.dynamodb.model.TransactionCanceledException;

/**
 * Writes several items or none. Transactions that meet on an item cancel each other: such a one is tried again after a pause that
 * grows and is drawn by chance, up to about four seconds in all.
 */
final class Transactions {
    private static final int ATTEMPTS = 24;
    private static final int MAX_PAUSE_MILLIS = 400;
    /** Reasons that stay, however often it is tried: all others are other people's transactions, or too many of them. */
    private static final Set<String> LASTING =
            Set.of("ValidationError", "ItemCollectionSizeLimitExceeded", "DuplicateItem");

    /** Lets time pass. */
    interface Pause {
        void of(Duration time) throws InterruptedException;
    }

    private final Dynamo dynamo;
    private final Pause pause;
    private final RandomGenerator random;

    Transactions(Dynamo dynamo, Pause pause, RandomGenerator random) {
        this.dynamo = dynamo;
        this.pause = pause;
        this.random = random;
    }

    /** What became of it: written, or the first item whose condition did not hold, and what that item is. */
    record Result(boolean written, int failed, Map<String, AttributeValue> present) {}

    /** @throws dev.parley.kernel.ApiException 503 {@code store.unavailable} when others keep being in the way */
    Result write(List<TransactWriteItem> items) {
        for (int attempt = 1; attempt <= ATTEMPTS; attempt++) {
            try {
                dynamo.call(client -> client.transactWriteItems(transaction -> transaction.transactItems(items)));
                return new Result(true, -1, Map.of());
            } catch (TransactionCanceledException e) {
                List<CancellationReason> reasons = e.cancellationReasons();
                for (int i = 0; i < reasons.size(); i++) {
                    if ("ConditionalCheckFailed".equals(reasons.get(i).code())) {
                        return new Result(
                                false,
                                i,
                                reasons.get(i).hasItem() ? reasons.get(i).item() : Map.of());
                    }
                }
                if (reasons.stream().anyMatch(reason -> LASTING.contains(String.valueOf(reason.code())))) {
                    throw e;
                }
            }
            waitBefore(attempt);
        }
        throw Errors.STORE_UNAVAILABLE.retryAfter(Duration.ofSeconds(1));
    }

    private void waitBefore(int attempt) {
        int ceiling = Math.min(MAX_PAUSE_MILLIS, 8 << Math.min(attempt, 8));
        try {
            pause.of(Duration.ofMillis(1 + random.nextInt(ceiling)));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw Errors.STORE_UNAVAILABLE.retryAfter(Duration.ofSeconds(1));
        }
    }
}
