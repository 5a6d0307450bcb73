/**
 * Tokens and passwords: ES256 by Nimbus JOSE, Argon2id by Bouncy Castle. A key set per audience, kept as JWK sets in a folder or a bucket.
 * All keys of a set verify; each has a start, and the one that started last signs. A set is rotated by publishing a key ahead of its start
 * and dropping those whose last token is over; signers and verifiers read the set again every few minutes and follow by the clock.
 */
package dev.parley.platform.crypto;
