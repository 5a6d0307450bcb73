package dev.parley.identity.function;

import dev.parley.contracts.admin.AccountChange;
import dev.parley.contracts.admin.BanRequest;
import dev.parley.contracts.identity.Profile;
import dev.parley.identity.Account;
import dev.parley.identity.AccountCare;
import dev.parley.identity.AccountQuery;
import dev.parley.identity.AccountStatus;
import dev.parley.identity.Pictures;
import dev.parley.kernel.Envelope;
import dev.parley.kernel.Errors;
import dev.parley.kernel.Role;
import dev.parley.platform.lambda.Access;
import dev.parley.platform.lambda.HttpRequest;
import dev.parley.platform.lambda.HttpResponse;
import dev.parley.platform.lambda.Routes;
import java.util.Arrays;
import java.util.Optional;

/** Looking after accounts over REST. */
final class AdminApi {
    private static final int LAST_PAGE = 100_000;
    private static final int LONGEST_KEYWORD = 100;

    private final AccountCare care;
    private final Pictures pictures;

    AdminApi(AccountCare care, Pictures pictures) {
        this.care = care;
        this.pictures = pictures;
    }

    Routes.Builder addTo(Routes.Builder routes) {
        Access moderators = Access.roles(Role.MODERATOR, Role.ADMIN);
        Access admins = Access.roles(Role.ADMIN);
        String user = "/api/v1/admin/users/{id}";
        return routes.route("GET /api/v1/admin/users", moderators, this::list)
                .route("GET " + user, moderators, this::read)
                .route("PUT " + user, admins, this::change)
                .route("DELETE " + user, admins, this::remove)
                .route("POST " + user + "/ban", moderators, this::ban)
                .route("POST " + user + "/unban", moderators, this::unban);
    }

    private HttpResponse list(HttpRequest request) {
        Optional<String> keyword =
                request.queryParameter("keyword").map(String::strip).filter(word -> !word.isEmpty());
        if (keyword.filter(word ->
                        word.length() > LONGEST_KEYWORD || word.codePoints().anyMatch(Character::isISOControl))
                .isPresent()) {
            throw Errors.invalid("keyword", "keyword may have 100 characters at most");
        }
        Envelope.Page<Account> page = care.page(new AccountQuery(
                keyword,
                request.queryParameter("status").map(AdminApi::status),
                request.queryInteger("page", 1, 1, LAST_PAGE),
                request.queryInteger("page_size", 20, 1, 100)));
        return HttpResponse.ok(new Envelope.Page<>(
                page.list().stream().map(account -> view(request, account)).toList(),
                page.total(),
                page.page(),
                page.pageSize()));
    }

    private HttpResponse read(HttpRequest request) {
        return HttpResponse.ok(view(request, care.read(id(request))));
    }

    private HttpResponse change(HttpRequest request) {
        return HttpResponse.ok(
                view(request, care.change(request.actor(), id(request), request.body(AccountChange.class))));
    }

    private HttpResponse remove(HttpRequest request) {
        pictures.forget(care.remove(request.actor(), id(request)));
        return HttpResponse.done();
    }

    private HttpResponse ban(HttpRequest request) {
        String reason =
                request.optionalBody(BanRequest.class).map(BanRequest::reason).orElse(null);
        return HttpResponse.ok(view(request, care.ban(request.actor(), id(request), reason)));
    }

    private HttpResponse unban(HttpRequest request) {
        return HttpResponse.ok(view(request, care.unban(request.actor(), id(request))));
    }

    /** Moderators see whom they look after, not how to reach them. */
    private static Profile view(HttpRequest request, Account account) {
        Profile all = account.profile();
        if (request.principal().role() == Role.ADMIN) {
            return all;
        }
        return new Profile(
                all.id(),
                all.username(),
                null,
                all.nickname(),
                all.avatar(),
                null,
                all.role(),
                all.status(),
                all.lastLogin(),
                all.createdAt());
    }

    private static AccountStatus status(String text) {
        return Arrays.stream(AccountStatus.values())
                .filter(status ->
                        status != AccountStatus.DELETED && status.wireName().equals(text))
                .findFirst()
                .orElseThrow(() -> Errors.invalid("status", "status must be active or banned"));
    }

    private static String id(HttpRequest request) {
        return request.pathParameter("id");
    }
}
