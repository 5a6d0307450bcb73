package dev.parley.contracts.meetings;

/** {@code POST /meetings/{id}/breakouts/announcements}. @param text 1..500 characters that everybody reads, whatever room they are in */
public record AnnouncementRequest(String text) {}
