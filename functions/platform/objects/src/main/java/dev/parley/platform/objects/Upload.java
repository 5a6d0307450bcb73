package dev.parley.platform.objects;

import java.time.Instant;

/**
 * An upload in parts that was begun.
 *
 * @param key of the object that it is to be
 * @param id as it was answered when it began
 */
public record Upload(String key, String id, Instant begunAt) {}
