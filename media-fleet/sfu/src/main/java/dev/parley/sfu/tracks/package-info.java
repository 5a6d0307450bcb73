/**
 * What publishers send: a {@link dev.parley.sfu.tracks.Track} has one {@link dev.parley.sfu.tracks.Layer} per RTP stream; each arrived
 * packet is kept once, in its layer's {@link dev.parley.sfu.tracks.PacketCache}, and shown to every subscriber of the track.
 */
package dev.parley.sfu.tracks;
