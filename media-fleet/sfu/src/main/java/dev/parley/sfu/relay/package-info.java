/**
 * The relay: a room larger than one media agent has a part on each of several agents, and the relay makes them one room.
 *
 * <p>Every two parts are joined through the {@link dev.parley.sfu.relay.RelayLink} between their agents. A part shows its people's tracks to the others
 * ({@link dev.parley.sfu.relay.RelayMessage}), which keep a mirror of each: a track of their own with caches of its own, to which receivers subscribe as to
 * any other, so that switching, retransmission and selection know no difference. How layers and voices do is told as it changes; packets of a layer come over
 * only while somebody watches it there, those of a voice only while it has a slot there. Wishes, key-frame requests and requests for lost packets go the
 * other way.
 *
 * <p>{@link dev.parley.sfu.relay.RelayRecords} is all that two parts say to each other, and {@link dev.parley.sfu.relay.RelaySender} and
 * {@link dev.parley.sfu.relay.RelayReceiver} are all they know of what carries it: between agents of one process a {@link dev.parley.sfu.relay.RelayRing}
 * each way, with packets as bytes and the few messages as objects. A link between nodes carries the same records over a DTLS-SRTP session: packets as RTP
 * with track, layer and life in a header extension, everything else as small reliable messages. For it, no record names an object of the sending side, times
 * travel as ages, sequence numbers as 16 bits, hellos are repeated until they are answered, and what was not taken is said again.
 *
 * <p>A record that finds the ring full is dropped and counted when it is a packet, and said again by the next tick when it is anything else; the gap that a
 * dropped packet leaves is noticed by the mirror like any other and asked for from the publisher's part, which has a cache, or closed by a key frame.
 */
package dev.parley.sfu.relay;
