package dev.parley.identity;

import java.util.Optional;

/**
 * Which accounts to list, the latest first.
 *
 * @param keyword in username, e-mail address or nickname, any case
 * @param page from 1
 * @param pageSize 1..100
 */
public record AccountQuery(Optional<String> keyword, Optional<AccountStatus> status, int page, int pageSize) {}
