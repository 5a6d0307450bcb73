package dev.parley.contracts.notifications;

import java.time.Instant;

/** @param until the {@code at} of the latest one that was seen; what came since stays unread. Absent: all */
public record ReadAllRequest(Instant until) {}
