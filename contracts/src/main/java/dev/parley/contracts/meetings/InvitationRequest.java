package dev.parley.contracts.meetings;

import java.util.List;

/**
 * {@code POST /meetings/{id}/invitations}.
 *
 * @param emails 1 to 50 addresses
 * @param locale of the mail, {@code en} or {@code zh}; {@code en} when absent
 */
public record InvitationRequest(List<String> emails, String locale) {}
