package dev.parley.messaging.function;

import dev.parley.contracts.messaging.ConversationDraft;
import dev.parley.contracts.messaging.ConversationUpdate;
import dev.parley.contracts.messaging.MembersRequest;
import dev.parley.contracts.messaging.MessageDraft;
import dev.parley.contracts.messaging.MessageEdit;
import dev.parley.contracts.messaging.ReactionRequest;
import dev.parley.contracts.messaging.ReadRequest;
import dev.parley.kernel.Bookmark;
import dev.parley.kernel.Errors;
import dev.parley.messaging.Caller;
import dev.parley.messaging.Messaging;
import dev.parley.platform.lambda.Access;
import dev.parley.platform.lambda.HttpRequest;
import dev.parley.platform.lambda.HttpResponse;
import dev.parley.platform.lambda.Routes;
import java.util.OptionalLong;
import java.util.function.Supplier;

/** Messaging over REST. A guest comes to the conversation of the guest's own meeting and to nothing else. */
final class MessagingApi {
    private static final String CONVERSATIONS = "/api/v1/conversations";
    private static final String ONE = CONVERSATIONS + "/{id}";
    private static final String MESSAGES = ONE + "/messages";
    private static final String MESSAGE = MESSAGES + "/{seq}";
    /** Bytes of a message with everything that it may have. */
    private static final int LARGEST_MESSAGE = 64 * 1024;

    private static final int PAGE = 50;
    private static final int LARGEST_PAGE = 100;

    private final Supplier<Messaging> messaging;

    MessagingApi(Supplier<Messaging> messaging) {
        this.messaging = messaging;
    }

    Routes.Builder addTo(Routes.Builder routes) {
        return routes.route("GET " + CONVERSATIONS, Access.USER, this::list)
                .route("POST " + CONVERSATIONS, Access.GUEST, this::begin)
                .route("GET " + ONE, Access.GUEST, this::read)
                .route("PUT " + ONE, Access.USER, this::rename)
                .route("GET " + MESSAGES, Access.GUEST, this::history)
                .route("POST " + MESSAGES, Access.GUEST, LARGEST_MESSAGE, this::send)
                .route("GET " + MESSAGE, Access.GUEST, this::message)
                .route("PUT " + MESSAGE, Access.GUEST, LARGEST_MESSAGE, this::edit)
                .route("DELETE " + MESSAGE, Access.GUEST, this::recall)
                .route("POST " + MESSAGE + "/reactions", Access.GUEST, this::react)
                .route("DELETE " + MESSAGE + "/reactions/{emoji}", Access.GUEST, this::unreact)
                .route("GET " + ONE + "/changes", Access.GUEST, this::changes)
                .route("POST " + ONE + "/read", Access.GUEST, this::markRead)
                .route("GET " + ONE + "/members", Access.GUEST, this::members)
                .route("POST " + ONE + "/members", Access.USER, this::add)
                .route("DELETE " + ONE + "/members/{uid}", Access.USER, this::remove)
                .route("GET /api/v1/sync", Access.USER, this::sync)
                .route("GET /api/v1/search", Access.USER, this::search);
    }

    private HttpResponse list(HttpRequest request) {
        return HttpResponse.ok(messaging
                .get()
                .desk()
                .list(
                        caller(request),
                        request.queryInteger("page", 1, 1, 1_000_000),
                        request.queryInteger("page_size", 20, 1, LARGEST_PAGE)));
    }

    private HttpResponse begin(HttpRequest request) {
        ConversationDraft draft = request.body(ConversationDraft.class);
        if (request.principal().isGuest() && !"meeting".equals(draft.kind())) {
            throw Errors.FORBIDDEN.exception();
        }
        return HttpResponse.ok(messaging.get().desk().begin(caller(request), draft));
    }

    private HttpResponse read(HttpRequest request) {
        return HttpResponse.ok(messaging.get().desk().read(caller(request), id(request)));
    }

    private HttpResponse rename(HttpRequest request) {
        String title = request.body(ConversationUpdate.class).title();
        return HttpResponse.ok(messaging.get().desk().rename(caller(request), id(request), title));
    }

    private HttpResponse history(HttpRequest request) {
        OptionalLong after = number(request, "after_seq");
        OptionalLong before = number(request, "before_seq");
        if (after.isPresent() && before.isPresent()) {
            throw Errors.invalid("before_seq", "after_seq and before_seq do not go together");
        }
        return HttpResponse.ok(
                messaging.get().messages().history(caller(request), id(request), after, before, limit(request)));
    }

    private HttpResponse send(HttpRequest request) {
        return HttpResponse.created(
                messaging.get().messages().send(caller(request), id(request), request.body(MessageDraft.class)));
    }

    private HttpResponse message(HttpRequest request) {
        return HttpResponse.ok(messaging.get().messages().read(caller(request), id(request), seq(request)));
    }

    private HttpResponse edit(HttpRequest request) {
        return HttpResponse.ok(messaging
                .get()
                .messages()
                .edit(caller(request), id(request), seq(request), request.body(MessageEdit.class)));
    }

    private HttpResponse recall(HttpRequest request) {
        return HttpResponse.ok(messaging.get().messages().recall(caller(request), id(request), seq(request)));
    }

    private HttpResponse react(HttpRequest request) {
        String emoji = request.body(ReactionRequest.class).emoji();
        return HttpResponse.ok(
                messaging.get().messages().react(caller(request), id(request), seq(request), emoji, true));
    }

    private HttpResponse unreact(HttpRequest request) {
        return HttpResponse.ok(messaging
                .get()
                .messages()
                .react(caller(request), id(request), seq(request), request.pathParameter("emoji"), false));
    }

    private HttpResponse changes(HttpRequest request) {
        return HttpResponse.ok(messaging
                .get()
                .messages()
                .changes(caller(request), id(request), number(request, "after").orElse(0), limit(request)));
    }

    private HttpResponse markRead(HttpRequest request) {
        Long seq = request.body(ReadRequest.class).seq();
        if (seq == null || seq < 0) {
            throw Errors.invalid("seq", "seq must be the number of a message");
        }
        return HttpResponse.ok(messaging
                .get()
                .receipts()
                .mark(caller(request), id(request), OptionalLong.empty(), OptionalLong.of(seq)));
    }

    private HttpResponse members(HttpRequest request) {
        return HttpResponse.ok(messaging.get().desk().members(caller(request), id(request)));
    }

    private HttpResponse add(HttpRequest request) {
        return HttpResponse.ok(
                messaging.get().desk().add(caller(request), id(request), request.body(MembersRequest.class)));
    }

    private HttpResponse remove(HttpRequest request) {
        messaging.get().desk().remove(caller(request), id(request), request.pathParameter("uid"));
        return HttpResponse.done();
    }

    private HttpResponse sync(HttpRequest request) {
        return HttpResponse.ok(messaging.get().sync().since(caller(request), request.queryParameter("since")));
    }

    private HttpResponse search(HttpRequest request) {
        return HttpResponse.ok(messaging
                .get()
                .search()
                .find(
                        caller(request),
                        request.queryParameter("q").orElse(""),
                        request.queryParameter("conversation_id"),
                        Bookmark.of(request.queryParameter("cursor")),
                        request.queryInteger("limit", 20, 1, PAGE)));
    }

    private static Caller caller(HttpRequest request) {
        return Caller.of(request.principal());
    }

    private static String id(HttpRequest request) {
        return request.pathParameter("id");
    }

    private static int limit(HttpRequest request) {
        return request.queryInteger("limit", PAGE, 1, LARGEST_PAGE);
    }

    private static long seq(HttpRequest request) {
        return parse("seq", request.pathParameter("seq"));
    }

    private static OptionalLong number(HttpRequest request, String name) {
        return request.queryParameter(name)
                .map(value -> OptionalLong.of(parse(name, value)))
                .orElse(OptionalLong.empty());
    }

    private static long parse(String name, String value) {
        try {
            long number = Long.parseLong(value);
            if (number >= 0) {
                return number;
            }
        } catch (NumberFormatException e) {
            // Answered below, like a number out of range.
        }
        throw Errors.invalid(name, name + " must be a whole number");
    }
}
