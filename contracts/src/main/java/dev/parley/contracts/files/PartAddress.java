package dev.parley.contracts.files;

import java.time.Instant;
import java.util.Map;

/** Where one part is sent: exactly {@code size} bytes, with exactly these headers. */
public record PartAddress(
        int part, long size, String method, String url, Map<String, String> headers, Instant expiresAt) {}
