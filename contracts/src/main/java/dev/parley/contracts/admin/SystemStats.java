package dev.parley.contracts.admin;

/**
 * {@code GET /stats}.
 *
 * @param activeMeetings that go on now
 * @param scheduledMeetings that are planned
 * @param activeUsers people with media on a node that reports
 * @param rooms that have a node
 * @param nodes media nodes that report
 */
public record SystemStats(long activeMeetings, long scheduledMeetings, int activeUsers, int rooms, int nodes) {}
