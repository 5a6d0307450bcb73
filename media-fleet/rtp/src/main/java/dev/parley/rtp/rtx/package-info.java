/** Retransmission streams (RFC 4588): the original sequence number stands in the first two payload bytes. */
package dev.parley.rtp.rtx;
