package dev.parley.meetings.function;

import dev.parley.kernel.Bookmark;
import dev.parley.kernel.Errors;
import dev.parley.meetings.QualityService;
import dev.parley.platform.lambda.Access;
import dev.parley.platform.lambda.HttpRequest;
import dev.parley.platform.lambda.HttpResponse;
import dev.parley.platform.lambda.Routes;
import java.time.DateTimeException;
import java.time.Instant;

/** The REST route of how connections did. */
final class QualityApi {
    private static final int MINUTES = 60;
    private static final int MOST_MINUTES = 180;
    private static final Instant LATEST = Instant.parse("9999-12-31T23:59:59Z");

    private final QualityService quality;

    QualityApi(QualityService quality) {
        this.quality = quality;
    }

    Routes.Builder addTo(Routes.Builder routes) {
        return routes.route("GET /api/v1/meetings/{id}/quality", Access.GUEST, this::read);
    }

    private HttpResponse read(HttpRequest request) {
        return HttpResponse.ok(quality.read(
                request.principal(),
                request.pathParameter("id"),
                request.queryParameter("since").filter(text -> !text.isEmpty()).map(QualityApi::time),
                Bookmark.of(request.queryParameter("cursor")),
                request.queryInteger("limit", MINUTES, 1, MOST_MINUTES)));
    }

    private static Instant time(String text) {
        try {
            Instant time = Instant.parse(text);
            if (!time.isBefore(Instant.EPOCH) && !time.isAfter(LATEST)) {
                return time;
            }
        } catch (DateTimeException e) {
            // Answered below, like one that is out of range.
        }
        throw Errors.invalid("since", "since must be an RFC 3339 time in UTC, such as 2026-11-22T08:00:00Z");
    }
}
