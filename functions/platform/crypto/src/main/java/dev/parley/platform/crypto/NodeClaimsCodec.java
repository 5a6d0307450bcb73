package dev.parley.platform.crypto;

import com.nimbusds.jwt.JWTClaimsSet;
import dev.parley.kernel.tokens.NodeClaims;
import java.text.ParseException;

/** {@code bh}. */
final class NodeClaimsCodec implements ClaimsCodec<NodeClaims> {
    @Override
    public void write(NodeClaims claims, JWTClaimsSet.Builder into) {
        into.claim("bh", claims.bodyHash());
    }

    @Override
    public NodeClaims read(JWTClaimsSet claims) throws ParseException {
        return new NodeClaims(claims.getStringClaim("bh"));
    }
}
