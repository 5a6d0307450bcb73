package dev.parley.files.function;

import dev.parley.contracts.files.FileDraft;
import dev.parley.contracts.files.FileView;
import dev.parley.contracts.files.PartsRequest;
import dev.parley.contracts.files.ShareRequest;
import dev.parley.files.FileState;
import dev.parley.files.Files;
import dev.parley.files.Uploads;
import dev.parley.kernel.Bookmark;
import dev.parley.kernel.Principal;
import dev.parley.kernel.Role;
import dev.parley.platform.audit.AuditTrail;
import dev.parley.platform.lambda.Access;
import dev.parley.platform.lambda.HttpRequest;
import dev.parley.platform.lambda.HttpResponse;
import dev.parley.platform.lambda.Routes;
import java.util.Map;
import java.util.Objects;

/** The routes of files. */
final class FileApi {
    static final int LARGEST_PAGE = 100;

    private static final int FOUND = 50;

    private static final String FILES = "/api/v1/files";
    private static final String ONE = FILES + "/{id}";

    private final Files files;
    private final AuditTrail trail;

    FileApi(Files files, AuditTrail trail) {
        this.files = Objects.requireNonNull(files);
        this.trail = Objects.requireNonNull(trail);
    }

    void addTo(Routes.Builder routes) {
        Access readers = Access.GUEST.andDevices();
        routes.route("POST " + FILES, Access.USER, this::begin)
                .route("GET " + FILES, Access.USER, this::list)
                .route("GET /api/v1/search/files", Access.USER, this::search)
                .route("GET " + ONE, readers, this::read)
                .route("DELETE " + ONE, Access.USER, this::remove)
                .route("POST " + ONE + "/parts", Access.USER, this::addresses)
                .route("POST " + ONE + "/complete", Access.USER, this::complete)
                .route("GET " + ONE + "/manifest", readers, this::manifest)
                .route("GET " + ONE + "/url", readers, this::address)
                .route("POST " + ONE + "/shares", Access.USER, this::share)
                .route("DELETE " + ONE + "/shares/{conversation_id}", Access.USER, this::unshare);
    }

    private HttpResponse begin(HttpRequest request) {
        Uploads.Intent intent = files.uploads().begin(request.principal(), request.body(FileDraft.class));
        return intent.created() ? HttpResponse.created(intent.reply()) : HttpResponse.ok(intent.reply());
    }

    private HttpResponse addresses(HttpRequest request) {
        return HttpResponse.ok(files.uploads()
                .addresses(
                        request.principal(),
                        id(request),
                        request.optionalBody(PartsRequest.class).map(PartsRequest::parts)));
    }

    private HttpResponse complete(HttpRequest request) {
        FileView file = files.uploads().complete(request.principal(), id(request));
        return file.state().equals(FileState.CHECKING.wire()) ? HttpResponse.accepted(file) : HttpResponse.ok(file);
    }

    private HttpResponse list(HttpRequest request) {
        return HttpResponse.ok(files.library()
                .list(
                        request.principal(),
                        request.queryParameter("state"),
                        request.queryInteger("page", 1, 1, 1_000_000),
                        request.queryInteger("page_size", 20, 1, LARGEST_PAGE)));
    }

    private HttpResponse search(HttpRequest request) {
        return HttpResponse.ok(files.search()
                .find(
                        request.principal(),
                        request.queryParameter("q").orElse(""),
                        Bookmark.of(request.queryParameter("cursor")),
                        request.queryInteger("limit", 20, 1, FOUND)));
    }

    private HttpResponse read(HttpRequest request) {
        return HttpResponse.ok(files.library().read(request.principal(), id(request)));
    }

    private HttpResponse manifest(HttpRequest request) {
        return HttpResponse.ok(files.library().manifest(request.principal(), id(request)));
    }

    private HttpResponse address(HttpRequest request) {
        return HttpResponse.ok(
                files.library().address(request.principal(), id(request), request.queryParameter("range")));
    }

    /** An administrator removes other people's too, and that is kept in the audit log. */
    private HttpResponse remove(HttpRequest request) {
        Principal caller = request.principal();
        String fileId = id(request);
        String owner = caller.role() == Role.ADMIN ? files.library().ownerOf(fileId) : caller.userId();
        if (owner.equals(caller.userId())) {
            files.library().remove(caller, fileId, false);
        } else {
            trail.during(request.actor(), "file.remove", fileId, Map.of("owner", owner), () -> {
                files.library().remove(caller, fileId, true);
                return null;
            });
        }
        return HttpResponse.done();
    }

    private HttpResponse share(HttpRequest request) {
        return HttpResponse.ok(files.sharing()
                .share(
                        request.principal(),
                        id(request),
                        request.body(ShareRequest.class).conversationId()));
    }

    private HttpResponse unshare(HttpRequest request) {
        files.sharing().unshare(request.principal(), id(request), request.pathParameter("conversation_id"));
        return HttpResponse.done();
    }

    private static String id(HttpRequest request) {
        return request.pathParameter("id");
    }
}
