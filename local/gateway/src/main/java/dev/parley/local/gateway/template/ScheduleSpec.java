package dev.parley.local.gateway.template;

import java.time.Duration;

/**
 * A {@code Schedule} event of a function.
 *
 * @param name the event's name in the template
 * @param every its {@code rate(...)}
 */
public record ScheduleSpec(String name, Duration every) {}
