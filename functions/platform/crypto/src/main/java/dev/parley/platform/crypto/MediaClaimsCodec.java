package dev.parley.platform.crypto;

import com.nimbusds.jwt.JWTClaimsSet;
import dev.parley.kernel.tokens.MediaClaims;
import java.text.ParseException;
import java.util.Optional;

/** {@code sub usr name role csrc adm gk pub}. */
final class MediaClaimsCodec implements ClaimsCodec<MediaClaims> {
    @Override
    public void write(MediaClaims claims, JWTClaimsSet.Builder into) {
        into.subject(claims.participantId())
                .claim("usr", claims.userId())
                .claim("name", claims.name())
                .claim("role", claims.role())
                .claim("csrc", claims.csrc())
                .claim("adm", claims.admission())
                .claim("pub", claims.publish());
        claims.guestKey().ifPresent(key -> into.claim("gk", key));
    }

    @Override
    public MediaClaims read(JWTClaimsSet claims) throws ParseException {
        return new MediaClaims(
                claims.getSubject(),
                claims.getStringClaim("usr"),
                claims.getStringClaim("name"),
                claims.getStringClaim("role"),
                claims.getLongClaim("csrc"),
                claims.getLongClaim("adm"),
                Optional.ofNullable(claims.getStringClaim("gk")),
                claims.getStringListClaim("pub"));
    }
}
