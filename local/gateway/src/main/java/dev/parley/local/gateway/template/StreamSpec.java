package dev.parley.local.gateway.template;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * A {@code DynamoDB} event of a function: which table's stream it is handed, and what happens when it fails.
 *
 * @param name the event's name in the template
 * @param table the table's name in the store
 * @param batchSize records handed over at a time, at most
 * @param fromOldest a new mapping begins with the oldest record that is kept, {@code TRIM_HORIZON}; else with the next, {@code LATEST}
 * @param reportsFailures the function's answer names the records that failed
 * @param bisects a batch that fails is halved until the failure is alone
 * @param retries tries after the first; absent means for as long as the records are kept
 * @param oldest a record that fails and is older is given up; absent means never
 * @param deadLetters logical id of the queue for what was given up; absent means that it is dropped
 * @param filters patterns in JSON, of which a record must match one; none lets everything through
 */
public record StreamSpec(
        String name,
        String table,
        int batchSize,
        boolean fromOldest,
        boolean reportsFailures,
        boolean bisects,
        OptionalInt retries,
        Optional<Duration> oldest,
        Optional<String> deadLetters,
        List<String> filters) {
    public StreamSpec {
        filters = List.copyOf(filters);
    }
}
