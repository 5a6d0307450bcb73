package dev.parley.node.negotiation;

import dev.parley.rtp.sdp.MediaDescription;
import dev.parley.sfu.PublishedSource;
import dev.parley.sfu.ReceiveSlot;
import java.util.List;

/** What one section of an offer became. */
sealed interface Section {
    /** The section as offered. */
    MediaDescription offered();

    /** The client sends here. */
    record Published(MediaDescription offered, PublishedSource source, List<Codecs.Choice> codecs) implements Section {}

    /** The node sends here, whatever track it maps onto this slot. */
    record Slot(MediaDescription offered, ReceiveSlot slot, List<Codecs.Choice> codecs) implements Section {}

    /** The data channels. */
    record Data(MediaDescription offered) implements Section {}

    /** Nothing flows; with codecs the section stays in the bundle as inactive, without it is rejected. */
    record Idle(MediaDescription offered, List<Codecs.Choice> codecs) implements Section {}
}
