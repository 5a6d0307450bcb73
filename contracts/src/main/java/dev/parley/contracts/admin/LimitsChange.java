package dev.parley.contracts.admin;

import java.util.Map;

/** {@code PUT /admin/limits}. @param limits new values by name; null is the usual one again, and what is not named stays */
public record LimitsChange(Map<String, Integer> limits) {}
