package dev.parley.contracts.media;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.util.List;
import tools.jackson.databind.JsonNode;

/**
 * What client and node say to each other on the data channel {@code parley}: one JSON object a message, {@code t} names it.
 * Receivers ignore a {@code t} they do not know, and fields they do not know. At most 16 KB each.
 */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "t", defaultImpl = ChannelMessage.Unknown.class)
@JsonSubTypes({
    @JsonSubTypes.Type(value = ChannelMessage.Want.class, name = "want"),
    @JsonSubTypes.Type(value = ChannelMessage.Slots.class, name = "slots"),
    @JsonSubTypes.Type(value = ChannelMessage.Voices.class, name = "voices"),
    @JsonSubTypes.Type(value = ChannelMessage.Roster.class, name = "roster"),
    @JsonSubTypes.Type(value = ChannelMessage.Mute.class, name = "mute"),
    @JsonSubTypes.Type(value = ChannelMessage.Muted.class, name = "muted"),
    @JsonSubTypes.Type(value = ChannelMessage.Layers.class, name = "layers"),
    @JsonSubTypes.Type(value = ChannelMessage.Quality.class, name = "quality"),
    @JsonSubTypes.Type(value = ChannelMessage.Act.class, name = "act"),
    @JsonSubTypes.Type(value = ChannelMessage.Caption.class, name = "caption"),
    @JsonSubTypes.Type(value = ChannelMessage.Breakouts.class, name = "breakouts"),
    @JsonSubTypes.Type(value = ChannelMessage.Announce.class, name = "announce"),
    @JsonSubTypes.Type(value = ChannelMessage.Gather.class, name = "gather"),
    @JsonSubTypes.Type(value = ChannelMessage.Move.class, name = "move"),
    @JsonSubTypes.Type(value = ChannelMessage.End.class, name = "end"),
    @JsonSubTypes.Type(value = ChannelMessage.Ping.class, name = "ping"),
    @JsonSubTypes.Type(value = ChannelMessage.Pong.class, name = "pong"),
})
public sealed interface ChannelMessage {
    /** Largest message, in UTF-8 bytes. Larger lists are split. */
    int MAX_BYTES = 16 * 1024;

    /** Client: what it would like to see, and how large it is on screen. Replaces the previous want. */
    record Want(long rev, List<WantedSlot> slots) implements ChannelMessage {
        public Want {
            slots = slots == null ? List.of() : List.copyOf(slots);
        }
    }

    /**
     * @param slot index of the receive video slot, in the order of the offer, from 0
     * @param participant participant id
     * @param width device pixels on screen
     * @param height device pixels on screen
     * @param fps wanted frames a second, 0 = any
     * @param stage shown large: served first when bandwidth is short
     */
    record WantedSlot(int slot, String participant, Source source, int width, int height, int fps, boolean stage) {}

    /** Node: what each slot carries from now on. {@code rev} answers the want it follows, 0 when none. */
    record Slots(long rev, List<SlotState> slots) implements ChannelMessage {}

    /**
     * @param state {@code live}, {@code paused} or {@code empty}
     * @param layer rid of the layer sent, absent when none
     * @param why {@code bandwidth}, {@code publisher}, {@code muted} or {@code capacity}, absent when all is well
     */
    record SlotState(int slot, String participant, Source source, String state, String layer, String why) {}

    /** Node: whose voice each audio slot carries; levels are RFC 6464 -dBov, 0 loudest, 127 silence. */
    record Voices(List<Voice> voices) implements ChannelMessage {}

    /** @param slot index of the receive audio slot, -1 for a speaker without a slot */
    record Voice(int slot, String participant, int level, boolean speaking) {}

    /** Node: who is here. {@code full} on the first message, deltas after. */
    record Roster(
            long rev,
            boolean full,
            List<RosterEntry> participants,
            List<RosterEntry> add,
            List<RosterEntry> change,
            List<String> remove)
            implements ChannelMessage {}

    /**
     * @param participant participant id
     * @param user user or guest id
     * @param csrc the number carried in every RTP packet of this participant
     * @param connection {@code good}, {@code poor} or {@code lost}
     */
    record RosterEntry(
            String participant,
            String user,
            String name,
            String role,
            long csrc,
            List<SourceState> sources,
            boolean hand,
            String connection) {}

    record SourceState(Source source, boolean muted) {}

    /** Client: its own source is muted or speaks again. */
    record Mute(Source source, boolean muted) implements ChannelMessage {}

    /** Node: somebody muted this client's source; {@code by} is a participant id. */
    record Muted(Source source, boolean muted, String by) implements ChannelMessage {}

    /** Node to publisher: which layers anyone watches. */
    record Layers(List<TrackLayers> tracks) implements ChannelMessage {}

    record TrackLayers(Source source, List<String> rids) {}

    /**
     * Both: how a connection does. A node tells of the session with it. A client tells of the way that its media takes.
     *
     * @param up bit/s sent; of a node: received
     * @param down bit/s received; of a node: what it believes the path to carry
     * @param loss the worse direction's, a ratio 0..1
     * @param rtt ms
     * @param slots of a client: its pictures; over {@code direct} 0 is the other's camera and 1 their screen
     * @param path of a client: which way its media takes; {@code node} when absent
     * @param upLoss of a client over {@code direct}: of what it sent
     * @param downLoss of a client over {@code direct}: of what was sent to it
     */
    record Quality(
            Long up,
            Long down,
            Double loss,
            Integer rtt,
            List<SlotQuality> slots,
            MediaPath path,
            Double upLoss,
            Double downLoss)
            implements ChannelMessage {
        /** Of the session with a node. */
        public Quality(Long up, Long down, Double loss, Integer rtt, List<SlotQuality> slots) {
            this(up, down, loss, rtt, slots, null, null, null);
        }
    }

    record SlotQuality(int slot, int freezes, int fps, int height) {}

    /** Both: {@code hand}, {@code lower}, {@code reaction}, or an app's {@code topic}; the node fills {@code from}. */
    record Act(String act, String reaction, String topic, JsonNode data, String from, List<String> to)
            implements ChannelMessage {}

    /** Node: live caption; {@code start} and {@code end} in ms of the participant's audio. */
    record Caption(
            String participant,
            String text,

            @com.fasterxml.jackson.annotation.JsonProperty("final")
            boolean isFinal,

            long start,
            long end,
            String lang)
            implements ChannelMessage {}

    /**
     * Node: the breakout rooms, whenever they change and when this client is taken from one to another. A full roster of the room follows.
     *
     * @param room id of the room this client is in, absent in the main room: who is listed, seen and heard is in it
     * @param rooms empty when there are none
     * @param choose whether people may go to a room by themselves
     * @param closesIn ms from now until everybody is back in the main room, absent when that is not planned
     */
    record Breakouts(long rev, String room, List<BreakoutRoom> rooms, boolean choose, Long closesIn)
            implements ChannelMessage {}

    record BreakoutRoom(String room, String name) {}

    /** Node: a host tells everybody something, in whatever room. {@code from} is a participant id, {@code name} theirs. */
    record Announce(String text, String from, String name) implements ChannelMessage {}

    /**
     * Node: what everybody sends is needed at the node, also of two people who could send it to each other alone; or not any more. Nothing
     * said means it is not.
     *
     * @param why who needs it, {@code recording} or {@code ai}; absent when nobody does
     */
    record Gather(boolean on, String why) implements ChannelMessage {}

    /** Node: make a new exchange, then drop this one. {@code deadline} in ms from now. */
    record Move(String reason, long deadline) implements ChannelMessage {}

    /** Node: this session is over: {@code kicked}, {@code ended}, {@code left}, {@code moved} or {@code replaced}. */
    record End(String reason, String by) implements ChannelMessage {}

    /** @param at sender's clock, ms, returned unchanged in the pong */
    record Ping(long at) implements ChannelMessage {}

    record Pong(long at) implements ChannelMessage {}

    /** A {@code t} this version does not know: ignored. */
    record Unknown() implements ChannelMessage {}
}
