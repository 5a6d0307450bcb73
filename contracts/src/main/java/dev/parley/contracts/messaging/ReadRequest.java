package dev.parley.contracts.messaging;

/** {@code POST …/read}. @param seq everything up to here was read */
public record ReadRequest(Long seq) {}
