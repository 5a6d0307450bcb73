package dev.parley.kernel.tokens;

/** Checks tokens of one kind. @param <C> what they say */
public interface TokenVerifier<C> {
    /**
     * What the token says, once its key, algorithm, signature, issuer, audience and times are checked.
     *
     * @throws TokenException with the reason, never with the token
     */
    C verify(String token, Audience audience);

    /**
     * Makes ready for the first token: reads the keys, and loads what verifying takes.
     *
     * @throws dev.parley.kernel.ApiException 503 {@code store.unavailable} when there are no keys to be had
     */
    default void rehearse() {
        // Nothing is to be made ready where nothing is read.
    }
}
