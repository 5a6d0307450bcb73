package dev.parley.notifications;

import java.util.List;
import java.util.Optional;

/**
 * What is shown in a browser.
 *
 * @param lines at least one, a sentence each
 * @param link page of the web app, from its root
 * @param topic a later message of the same replaces one that was not shown yet; base64url, at most 32 characters
 */
public record PushMessage(List<String> lines, String link, Optional<String> topic) {
    public PushMessage {
        lines = List.copyOf(lines);
    }
}
