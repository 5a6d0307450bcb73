package dev.parley.platform.crypto;

import com.nimbusds.jwt.JWTClaimsSet;
import java.text.ParseException;

/** How claims of one kind stand in a token. The subject and the private claims are its business; the rest is the issuer's. */
interface ClaimsCodec<C> {
    void write(C claims, JWTClaimsSet.Builder into);

    /** @throws ParseException or IllegalArgumentException or NullPointerException when something is missing or of the wrong type */
    C read(JWTClaimsSet claims) throws ParseException;
}
