package dev.parley.platform.crypto;

import com.nimbusds.jwt.JWTClaimsSet;
import dev.parley.kernel.Role;
import dev.parley.kernel.tokens.AccessClaims;
import java.text.ParseException;
import java.util.Date;
import java.util.Optional;

/** {@code sub sid ver role name mtg gk}. */
final class AccessClaimsCodec implements ClaimsCodec<AccessClaims> {
    @Override
    public void write(AccessClaims claims, JWTClaimsSet.Builder into) {
        into.subject(claims.userId())
                .claim("sid", claims.sessionId())
                .claim("ver", claims.tokenVersion())
                .claim("role", claims.role().wireName())
                .claim("name", claims.name());
        claims.meetingId().ifPresent(meeting -> into.claim("mtg", meeting));
        claims.guestKey().ifPresent(key -> into.claim("gk", key));
    }

    @Override
    public AccessClaims read(JWTClaimsSet claims) throws ParseException {
        return new AccessClaims(
                claims.getSubject(),
                claims.getStringClaim("sid"),
                claims.getLongClaim("ver"),
                Role.ofWireName(claims.getStringClaim("role")).orElseThrow(() -> new ParseException("role", 0)),
                claims.getStringClaim("name"),
                Optional.ofNullable(claims.getStringClaim("mtg")),
                Optional.ofNullable(claims.getStringClaim("gk")),
                Optional.ofNullable(claims.getIssueTime()).map(Date::toInstant));
    }
}
