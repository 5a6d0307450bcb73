package dev.parley.identity.function;

import dev.parley.contracts.identity.CsrfToken;
import dev.parley.contracts.identity.LoginRequest;
import dev.parley.contracts.identity.Profile;
import dev.parley.contracts.identity.RefreshRequest;
import dev.parley.contracts.identity.SessionView;
import dev.parley.contracts.identity.TokenReply;
import dev.parley.identity.Device;
import dev.parley.identity.IdentityErrors;
import dev.parley.identity.Login;
import dev.parley.identity.Sessions;
import dev.parley.kernel.Envelope;
import dev.parley.kernel.Errors;
import dev.parley.platform.lambda.HttpRequest;
import dev.parley.platform.lambda.HttpResponse;
import java.util.List;
import java.util.Optional;

/** Signing in and out over REST. A page of ours keeps its refresh token as a cookie, everybody else in the body. */
final class SessionApi {
    private static final String CSRF_HEADER = "x-csrf-token";

    private final Login login;
    private final Sessions sessions;
    private final RefreshCookie cookie;

    SessionApi(Login login, Sessions sessions, RefreshCookie cookie) {
        this.login = login;
        this.sessions = sessions;
        this.cookie = cookie;
    }

    HttpResponse signIn(HttpRequest request) {
        Login.Result result = login.signIn(request.body(LoginRequest.class), deviceOf(request));
        Profile user = result.account().profile();
        return cookie.isOurPage(request) ? asCookie(user, result.tokens()) : asJson(user, result.tokens());
    }

    HttpResponse refresh(HttpRequest request) {
        Optional<String> carried = request.optionalBody(RefreshRequest.class)
                .map(RefreshRequest::refreshToken)
                .filter(text -> !text.isBlank());
        if (carried.isPresent()) {
            return asJson(null, sessions.refresh(carried.get(), deviceOf(request)));
        }
        String kept = cookie.read(request).orElseThrow(IdentityErrors.REFRESH_INVALID::exception);
        if (!cookie.isOurPage(request)) {
            throw Errors.ORIGIN_REFUSED.exception();
        }
        String header = request.header(CSRF_HEADER).orElseThrow(Errors.CSRF_REFUSED::exception);
        if (!sessions.isCsrfToken(kept, header)) {
            throw Errors.CSRF_REFUSED.exception();
        }
        return asCookie(null, sessions.refresh(kept, deviceOf(request)));
    }

    HttpResponse csrfToken(HttpRequest request) {
        if (cookie.isForeignPage(request)) {
            throw Errors.ORIGIN_REFUSED.exception();
        }
        String kept = cookie.read(request).orElseThrow(IdentityErrors.REFRESH_INVALID::exception);
        return HttpResponse.ok(new CsrfToken(sessions.csrfToken(kept)));
    }

    HttpResponse signOut(HttpRequest request) {
        sessions.end(request.principal());
        return cookie.clear(HttpResponse.done());
    }

    HttpResponse signOutEverywhere(HttpRequest request) {
        sessions.endAll(request.principal());
        return cookie.clear(HttpResponse.done());
    }

    HttpResponse list(HttpRequest request) {
        List<SessionView> list = sessions.list(request.principal());
        return HttpResponse.ok(new Envelope.Page<>(list, list.size(), 1, Math.max(1, list.size())));
    }

    HttpResponse end(HttpRequest request) {
        String id = request.pathParameter("id");
        sessions.end(request.principal(), id);
        HttpResponse done = HttpResponse.done();
        return id.equals(request.principal().sessionId()) ? cookie.clear(done) : done;
    }

    private static Device deviceOf(HttpRequest request) {
        return Device.of(request.header("user-agent").orElse(""), request.sourceIp());
    }

    private static HttpResponse asJson(Profile user, Sessions.Tokens tokens) {
        return HttpResponse.ok(new TokenReply(
                user,
                tokens.access().token(),
                tokens.refreshToken(),
                tokens.access().expiresAt()));
    }

    private HttpResponse asCookie(Profile user, Sessions.Tokens tokens) {
        HttpResponse reply = HttpResponse.ok(new TokenReply(
                user, tokens.access().token(), null, tokens.access().expiresAt()));
        return cookie.set(reply, tokens.refreshToken());
    }
}
