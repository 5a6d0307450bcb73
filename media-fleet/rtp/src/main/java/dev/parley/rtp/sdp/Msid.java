package dev.parley.rtp.sdp;

/**
 * An {@code a=msid} line (RFC 8830).
 *
 * @param stream the media stream's id, {@code -} for none
 * @param track the track's id, empty when not written
 */
public record Msid(String stream, String track) {}
