package dev.parley.files;

import dev.parley.kernel.Envelope;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Devices, where they are kept. Those that were removed are not found. */
public interface DeviceRegister {
    /** Adds a device, and what waits for its owner's first one. @param most devices of one owner @return whether there was room */
    boolean add(Device device, int most);

    Optional<Device> find(String deviceId);

    /** The devices of an account, or of nobody, the oldest first. */
    Envelope.Page<Device> page(Optional<String> ownerId, int page, int pageSize);

    /** Notes that it was there. */
    void seen(String deviceId, Instant now);

    /** Removes a device; what it has not fetched fails. @return the pushes that changed; empty when it was removed before */
    Optional<List<String>> remove(String deviceId, Instant now);

    /** Every device of an account. */
    List<Device> of(String ownerId);
}
