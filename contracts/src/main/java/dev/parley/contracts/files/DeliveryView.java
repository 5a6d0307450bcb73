package dev.parley.contracts.files;

import java.time.Instant;

/**
 * What became of a push on one device.
 *
 * @param userId whose device it is; absent for one that belongs to nobody
 * @param state {@code waiting}, {@code notified}, {@code downloading}, {@code done} or {@code failed}
 * @param bytes how many the device has
 * @param attempt which of its attempts this is, from 1
 * @param reason why it failed
 */
public record DeliveryView(
        String deviceId,
        String deviceName,
        String userId,
        String userName,
        String state,
        long bytes,
        int attempt,
        String reason,
        Instant updatedAt) {}
