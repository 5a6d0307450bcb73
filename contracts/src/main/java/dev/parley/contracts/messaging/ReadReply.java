package dev.parley.contracts.messaging;

/**
 * How far somebody has read.
 *
 * @param unread messages of others behind it that were not recalled; {@link MessagingLimits#COUNTED} means that many or more
 * @param mentions those of them that mention the reader
 */
public record ReadReply(long readSeq, long unread, long mentions) {}
