/**
 * ICE as a lite agent (RFC 8445 section 2.5): we are reachable, so we only answer.
 *
 * <p>Per session: a check with the right MESSAGE-INTEGRITY makes the address it came from <em>valid</em>; one with
 * USE-CANDIDATE makes it the <em>nominated</em> one, and the latest nomination wins, which is how a peer moves from
 * wireless to mobile without a new session. Valid checks are the peer's consent to be sent to (RFC 7675): without one for
 * 30 s the session ends. A restart adds credentials; the first valid check with the new ones ends the old.
 */
package dev.parley.transport.ice;
