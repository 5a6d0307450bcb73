package dev.parley.contracts.files;

/**
 * {@code POST /pushes/:id/devices/:device/state}.
 *
 * @param state {@code notified}, {@code downloading}, {@code done} or {@code failed}
 * @param bytes how many the device has; absent for 0
 * @param attempt 1 or more, raised to try again after a failure; absent for 1
 * @param sha256 of what was loaded, with {@code done}
 * @param reason with {@code failed}
 */
public record DeliveryReport(String state, Long bytes, Integer attempt, String sha256, String reason) {}
