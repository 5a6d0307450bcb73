package dev.parley.contracts.meetings;

/** @param name as they were called then, the last of several */
public record QualityPerson(String participantId, String name) {}
