package dev.parley.meetings;

import dev.parley.kernel.Envelope;

/** All meetings, as those see them who look after the installation. */
public interface MeetingRegister {
    /** The meetings that go on, the latest first. {@code page} counts from 1. */
    Envelope.Page<Meeting> going(int page, int pageSize);

    /** How many meetings are in this state. */
    long count(MeetingStatus status);
}
