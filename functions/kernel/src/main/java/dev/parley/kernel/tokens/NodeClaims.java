package dev.parley.kernel.tokens;

import dev.parley.kernel.Sha256;
import java.util.Objects;

/**
 * A node token: one call of a media node's control API, for 30 seconds.
 *
 * @param bodyHash claim {@code bh}: base64url of the SHA-256 of the request's body, so that the token is good for that body alone
 */
public record NodeClaims(String bodyHash) {
    public NodeClaims {
        Objects.requireNonNull(bodyHash);
    }

    /** The claims of a call with this body; an absent body is an empty one. */
    public static NodeClaims of(byte[] body) {
        return new NodeClaims(Sha256.base64Url(body));
    }

    /** Whether the token that carried these claims is good for {@code body}. */
    public boolean covers(byte[] body) {
        return bodyHash.equals(Sha256.base64Url(body));
    }
}
