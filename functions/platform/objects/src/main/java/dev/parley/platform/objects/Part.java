package dev.parley.platform.objects;

import java.util.Optional;

/**
 * A part of an upload that has arrived.
 *
 * @param number from 1
 * @param size in bytes
 * @param etag the store's name for its bytes
 * @param sha256 of its bytes in base64, where the store tells it
 */
public record Part(int number, long size, String etag, Optional<String> sha256) {}
