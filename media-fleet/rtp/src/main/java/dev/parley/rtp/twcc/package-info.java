/**
 * Transport-wide congestion control feedback (draft-holmer-rmcat-transport-wide-cc-extensions-01, section 3.1).
 *
 * <p>A receiver notes the arrival of every packet's transport-wide number in {@link dev.parley.rtp.twcc.ArrivalLog} and sends a
 * feedback packet every 50 to 100 ms; the sender reads it with {@link dev.parley.rtp.twcc.TransportFeedbackReader}. Example: numbers
 * 10, 11 and 13 arrive at 64.0, 64.5 and 70.0 ms. The packet says base 10, count 4, reference time 1 (64 ms), the statuses
 * small, small, lost, small, and the deltas 0, 2 and 22 in units of 250 us.
 */
package dev.parley.rtp.twcc;
