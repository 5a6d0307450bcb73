package dev.parley.contracts.files;

import java.time.Instant;

/** What a device calls with for the next minutes. */
public record DeviceToken(String token, Instant expiresAt, DeviceView device) {
    /** Without the token. */
    @Override
    public String toString() {
        return "DeviceToken[" + device + "]";
    }
}
