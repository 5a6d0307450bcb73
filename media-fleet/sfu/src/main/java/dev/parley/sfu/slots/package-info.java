/**
 * Slots: a receiver's fixed streams, onto which tracks are rewritten packet by packet.
 *
 * <p>A {@link dev.parley.sfu.slots.SlotStream} keeps one SSRC's sequence numbers, timestamps and picture ids continuous over any number
 * of changes of what it carries; each change opens an {@link dev.parley.sfu.slots.Epoch}, whose constant differences turn the publisher's numbers into
 * the slot's and back, for retransmissions. {@link dev.parley.sfu.slots.VideoSlot} changes on key frames,
 * {@link dev.parley.sfu.slots.AudioSlot} on any packet. {@link dev.parley.sfu.slots.Downlink} writes the packets of one receiver.
 */
package dev.parley.sfu.slots;
