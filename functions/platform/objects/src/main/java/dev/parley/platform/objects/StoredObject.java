package dev.parley.platform.objects;

import java.time.Instant;

/**
 * An object without its bytes.
 *
 * @param size in bytes
 * @param etag the store's name for this version of it
 * @param modifiedAt when this version was written
 */
public record StoredObject(String key, long size, String etag, Instant modifiedAt) {}
