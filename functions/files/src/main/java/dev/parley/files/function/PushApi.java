package dev.parley.files.function;

import dev.parley.contracts.files.DeliveryReport;
import dev.parley.contracts.files.PushDraft;
import dev.parley.files.Files;
import dev.parley.platform.lambda.Access;
import dev.parley.platform.lambda.HttpRequest;
import dev.parley.platform.lambda.HttpResponse;
import dev.parley.platform.lambda.Routes;
import java.util.Objects;

/** The routes of pushes. */
final class PushApi {
    private static final String PUSHES = "/api/v1/pushes";
    private static final String ONE = PUSHES + "/{id}";

    private final Files files;

    PushApi(Files files) {
        this.files = Objects.requireNonNull(files);
    }

    void addTo(Routes.Builder routes) {
        routes.route("POST /api/v1/files/{id}/push", Access.USER, this::begin)
                .route("GET " + PUSHES, Access.USER, this::list)
                .route("GET " + ONE, Access.USER, this::read)
                .route("DELETE " + ONE, Access.USER, this::callBack)
                .route("POST " + ONE + "/devices/{device_id}/state", Access.USER.andDevices(), this::report);
    }

    private HttpResponse begin(HttpRequest request) {
        return HttpResponse.created(
                files.pushes().begin(request.principal(), id(request), request.body(PushDraft.class)));
    }

    private HttpResponse list(HttpRequest request) {
        return HttpResponse.ok(files.pushes().list(request.principal(), page(request), pageSize(request)));
    }

    private HttpResponse read(HttpRequest request) {
        return HttpResponse.ok(files.pushes().read(request.principal(), id(request), page(request), pageSize(request)));
    }

    private HttpResponse callBack(HttpRequest request) {
        files.pushes().callBack(request.principal(), id(request));
        return HttpResponse.done();
    }

    private HttpResponse report(HttpRequest request) {
        return HttpResponse.ok(files.pushes()
                .report(
                        request.principal(),
                        id(request),
                        request.pathParameter("device_id"),
                        request.body(DeliveryReport.class)));
    }

    private static int page(HttpRequest request) {
        return request.queryInteger("page", 1, 1, 1_000_000);
    }

    private static int pageSize(HttpRequest request) {
        return request.queryInteger("page_size", 20, 1, FileApi.LARGEST_PAGE);
    }

    private static String id(HttpRequest request) {
        return request.pathParameter("id");
    }
}
