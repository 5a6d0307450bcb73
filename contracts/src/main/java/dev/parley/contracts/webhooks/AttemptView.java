package dev.parley.contracts.webhooks;

import java.time.Instant;

/**
 * One try to deliver.
 *
 * @param status HTTP status of the answer; absent when there was none
 * @param error why it counts as failed: {@code status}, {@code redirect}, {@code timeout}, {@code address}, {@code tls}, {@code connect}; absent
 *     when it was delivered
 * @param tookMs milliseconds
 */
public record AttemptView(Instant at, Integer status, String error, long tookMs) {}
