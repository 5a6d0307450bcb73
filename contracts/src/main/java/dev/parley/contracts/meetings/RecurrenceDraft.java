package dev.parley.contracts.meetings;

/**
 * When a planned meeting takes place again.
 *
 * @param rule part of RFC 5545's RRULE: {@code FREQ} daily, weekly or monthly, {@code INTERVAL}, {@code BYDAY}, {@code BYMONTHDAY},
 *     {@code COUNT} or {@code UNTIL}; an empty one in a {@code PUT} makes it a meeting that takes place once
 * @param timeZone an IANA name such as {@code Europe/Berlin}: whose clock on the wall counts
 */
public record RecurrenceDraft(String rule, String timeZone) {}
