package dev.parley.meetings;

import java.util.Map;

/** Where it is kept what is done to a meeting at nobody's word. */
@FunctionalInterface
public interface Chronicle {
    /**
     * Does something, and keeps that it is done and what became of it.
     *
     * @param act the word of the audit log, such as {@code meeting.end}
     * @param subject the meeting, or {@code meeting/user}
     * @param details what it brings about and why, by name
     * @throws dev.parley.kernel.ApiException the work's own, or 503 when it cannot be kept: then nothing was done
     */
    void during(String act, String subject, Map<String, String> details, Runnable work);
}
