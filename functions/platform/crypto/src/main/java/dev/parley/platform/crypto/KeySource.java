package dev.parley.platform.crypto;

/** The key set of one audience, as it is at present. A set that never changes is its own source. */
@FunctionalInterface
public interface KeySource {
    /** The keys. @throws dev.parley.kernel.ApiException 503 {@code store.unavailable} while there are none to be had */
    KeySet keys();

    /** The keys, for somebody who met a token of a key that the present ones do not hold: perhaps there are newer ones. */
    default KeySet newerKeys() {
        return keys();
    }
}
