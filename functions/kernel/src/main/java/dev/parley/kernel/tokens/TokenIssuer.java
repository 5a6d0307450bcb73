package dev.parley.kernel.tokens;

/** Signs tokens of one kind. @param <C> what they say */
public interface TokenIssuer<C> {
    /** A token for {@code audience}, good from now for the issuer's usual lifetime. */
    IssuedToken issue(Audience audience, C claims);
}
