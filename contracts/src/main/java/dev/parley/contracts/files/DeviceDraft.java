package dev.parley.contracts.files;

/**
 * {@code POST /devices}.
 *
 * @param kind {@code browser}, {@code laptop}, {@code meter} and so on
 * @param credential whether it signs in by itself
 * @param shared whether it belongs to nobody; for administrators
 */
public record DeviceDraft(String name, String kind, Boolean credential, Boolean shared) {}
