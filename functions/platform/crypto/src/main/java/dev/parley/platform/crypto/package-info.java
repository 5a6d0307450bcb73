/**
 * Tokens and passwords: ES256 by Nimbus JOSE, Argon2id by Bouncy Castle. A key set per audience, kept as JWK sets in a folder; the
 * first key of a set signs, all of them verify, so a key is rotated by putting the new one in front and taking the old one out once its
 * last token is over.
 */
package dev.parley.platform.crypto;
