package dev.parley.meetings.dynamo;

import dev.parley.kernel.Errors;
import dev.parley.platform.dynamo.Dynamo;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
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

    /** An item whose condition did not hold, by its place in the transaction, and what it is where the write asked for that. */
    record Failed(int item, Map<String, AttributeValue> present) {}

    /** What became of it: written, or the items whose conditions did not hold. */
    record Result(List<Failed> failed) {
        boolean written() {
            return failed.isEmpty();
        }
    }

    /** @throws dev.parley.kernel.ApiException 503 {@code store.unavailable} when others keep being in the way */
    Result write(List<TransactWriteItem> items) {
        for (int attempt = 1; attempt <= ATTEMPTS; attempt++) {
            try {
                dynamo.call(client -> client.transactWriteItems(transaction -> transaction.transactItems(items)));
                return new Result(List.of());
            } catch (TransactionCanceledException e) {
                List<CancellationReason> reasons = e.cancellationReasons();
                List<Failed> failed = failed(reasons);
                if (!failed.isEmpty()) {
                    return new Result(failed);
                }
                if (reasons.stream().anyMatch(reason -> LASTING.contains(String.valueOf(reason.code())))) {
                    throw e;
                }
            }
            waitBefore(attempt);
        }
        throw Errors.STORE_UNAVAILABLE.retryAfter(Duration.ofSeconds(1));
    }

    private static List<Failed> failed(List<CancellationReason> reasons) {
        return IntStream.range(0, reasons.size())
                .filter(i -> "ConditionalCheckFailed".equals(reasons.get(i).code()))
                .mapToObj(i ->
                        new Failed(i, reasons.get(i).hasItem() ? reasons.get(i).item() : Map.of()))
                .toList();
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
