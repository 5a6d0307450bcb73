package dev.parley.kernel.tokens;

/** Checks tokens of one kind. @param <C> what they say */
public interface TokenVerifier<C> {
    /**
     * What the token says, once its key, algorithm, signature, issuer, audience and times are checked.
     *
     * @throws TokenException with the reason, never with the token
     */
    C verify(String token, Audience audience);
}
