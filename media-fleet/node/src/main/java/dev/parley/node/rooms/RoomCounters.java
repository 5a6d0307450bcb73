package dev.parley.node.rooms;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;

/** What all rooms count together. Any thread. */
public final class RoomCounters {
    /** Sessions open now, connected or not. */
    public final AtomicInteger sessions = new AtomicInteger();
    /** Participants in rosters now. */
    public final AtomicInteger participants = new AtomicInteger();

    /** Rooms that have parts on several agents now. */
    public final AtomicInteger spreadRooms = new AtomicInteger();

    public final LongAdder exchanges = new LongAdder();
    public final LongAdder refusals = new LongAdder();
    public final LongAdder kicked = new LongAdder();
    public final LongAdder neverConnected = new LongAdder();
    public final LongAdder consentLost = new LongAdder();
    public final LongAdder messagesIn = new LongAdder();
    public final LongAdder messagesOut = new LongAdder();
    /** Messages that were no JSON object of a known shape, or too large. */
    public final LongAdder messagesMalformed = new LongAdder();
    /** Messages whose {@code t} is unknown. */
    public final LongAdder messagesUnknown = new LongAdder();
    /** Messages dropped because their sender sent too many. */
    public final LongAdder messagesOverBudget = new LongAdder();
    /** Events dropped because a room was too far behind. */
    public final LongAdder eventsDropped = new LongAdder();
}
