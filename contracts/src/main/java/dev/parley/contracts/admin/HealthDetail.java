package dev.parley.contracts.admin;

import java.util.List;

/** {@code GET /health/detailed}. {@code status}: {@code ok}, or {@code degraded} when a part does not answer. */
public record HealthDetail(String status, String version, List<Part> parts) {
    /** @param error the code it would be answered with; absent when it is well */
    public record Part(String name, String status, long latencyMs, String error) {}
}
