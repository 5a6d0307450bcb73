package dev.parley.contracts.admin;

/**
 * A limit as an administrator reads it.
 *
 * @param value what it is now
 * @param usual what it is where nobody has changed it
 * @param least the smallest it may be
 * @param most the largest it may be
 * @param seconds in what time so much is allowed, absent for what is counted once
 */
public record LimitView(String name, int value, int usual, int least, int most, Long seconds) {}
