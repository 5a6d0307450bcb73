package dev.parley.rtp.sdp;

/**
 * ICE user name fragment and password (RFC 8839 section 5.4).
 *
 * @param fragment 4 to 256 ice-chars
 * @param password 22 to 256 ice-chars
 */
public record IceCredentials(String fragment, String password) {}
