/**
 * What a receiver misses and when to ask for it again (RFC 4585).
 *
 * <p>Example: 100 arrives, then 103 at t = 0: 101 and 102 are missing and due at once. If neither comes, both are due again after one
 * round trip (20 ms at least), ten times at most; then they are counted as lost and the caller asks for a key frame.
 */
package dev.parley.rtp.nack;
