package dev.parley.contracts.files;

import java.time.Instant;
import java.util.List;

/**
 * A push, as its sender sees it.
 *
 * @param peopleWithoutDevice how many of the targets have no device yet
 * @param deliveries one page of them; absent in lists
 */
public record PushView(
        String pushId,
        String fileId,
        String name,
        long size,
        String sha256,
        Sender from,
        String note,
        Instant createdAt,
        Instant calledBackAt,
        Instant expiresAt,
        Counts counts,
        int peopleWithoutDevice,
        Deliveries deliveries) {
    /** Who sends. */
    public record Sender(String userId, String name) {}

    /** How many devices are in which state. */
    public record Counts(int waiting, int notified, int downloading, int done, int failed) {
        /** How many there are. */
        public int total() {
            return waiting + notified + downloading + done + failed;
        }

        /** Whether nothing more will happen by itself. */
        public boolean settled() {
            return done + failed == total();
        }
    }

    /** One page of deliveries. */
    public record Deliveries(List<DeliveryView> list, long total, int page, int pageSize, int totalPages) {}
}
