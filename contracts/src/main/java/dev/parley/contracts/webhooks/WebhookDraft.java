package dev.parley.contracts.webhooks;

import java.util.List;

/**
 * A webhook to make, or what to change of one; what is absent then stays.
 *
 * @param url {@code https} address of a server on the public internet, at most 1000 characters
 * @param events types of events, or {@code *} for all of them
 * @param secret {@code whsec_} and 24 to 64 bytes in base64; one is made when it is absent. Not changed here: see the secret's own route
 * @param description at most 200 characters
 * @param everyMeeting of every host's meetings, for administrators; else of the meetings that the owner hosts
 * @param status {@code active} or {@code disabled}; for changes alone
 */
public record WebhookDraft(
        String url, List<String> events, String secret, String description, Boolean everyMeeting, String status) {
    /** Without the secret. */
    @Override
    public String toString() {
        return "WebhookDraft[" + url + " " + events + "]";
    }
}
