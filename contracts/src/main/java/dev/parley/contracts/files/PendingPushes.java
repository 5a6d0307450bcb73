package dev.parley.contracts.files;

import java.time.Instant;
import java.util.List;

/** What a device has still to fetch, the oldest first. */
public record PendingPushes(List<Pending> list) {
    /** One push, and how far the device has come. */
    public record Pending(
            String pushId,
            String fileId,
            String name,
            long size,
            String sha256,
            String mediaType,
            PushView.Sender from,
            String note,
            Instant at,
            String state,
            long bytes,
            int attempt) {}
}
