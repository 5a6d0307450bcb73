package dev.parley.contracts.files;

import java.time.Instant;

/** A device. @param owner absent for one that belongs to nobody */
public record DeviceView(
        String deviceId,
        String name,
        String kind,
        String owner,
        boolean credential,
        Instant createdAt,
        Instant lastSeen) {}
