package dev.parley.sfu.rooms;

import dev.parley.rtp.HeaderExtensions;
import dev.parley.rtp.RtpPacket;
import dev.parley.sfu.tracks.MediaPacket;

/** The packet at hand, as it is read. Shared by all publishers of a room, so that it stays in the cache; valid during a call. */
final class Reading {
    final RtpPacket rtp = new RtpPacket();
    final HeaderExtensions extensions = new HeaderExtensions();
    final StreamBinding.Elements elements = new StreamBinding.Elements();
    final MediaPacket packet = new MediaPacket();
}
