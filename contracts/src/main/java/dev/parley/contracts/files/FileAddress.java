package dev.parley.contracts.files;

import java.time.Instant;
import java.util.Map;

/** Where a file's bytes are for the next minutes. @param headers to be sent exactly so */
public record FileAddress(String url, String method, Map<String, String> headers, Instant expiresAt, String type) {}
