package dev.parley.files.function;

import dev.parley.contracts.files.DeviceDraft;
import dev.parley.contracts.files.DeviceSignIn;
import dev.parley.files.Device;
import dev.parley.files.Files;
import dev.parley.kernel.Principal;
import dev.parley.kernel.Role;
import dev.parley.platform.audit.AuditTrail;
import dev.parley.platform.lambda.Access;
import dev.parley.platform.lambda.HttpRequest;
import dev.parley.platform.lambda.HttpResponse;
import dev.parley.platform.lambda.Routes;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** The routes of devices. What an administrator does to devices that are not the administrator's own is kept in the audit log. */
final class DeviceApi {
    private static final String DEVICES = "/api/v1/devices";
    private static final String ONE = DEVICES + "/{id}";

    private final Files files;
    private final AuditTrail trail;

    DeviceApi(Files files, AuditTrail trail) {
        this.files = Objects.requireNonNull(files);
        this.trail = Objects.requireNonNull(trail);
    }

    void addTo(Routes.Builder routes) {
        Access itself = Access.USER.andDevices();
        routes.route("POST " + DEVICES, Access.USER, this::add)
                .route("GET " + DEVICES, Access.USER, this::list)
                .route("GET " + ONE, itself, this::read)
                .route("DELETE " + ONE, Access.USER, this::remove)
                .route("GET " + ONE + "/pushes", itself, this::pending)
                .route("POST " + DEVICES + "/token", Access.OPEN, this::signIn);
    }

    private HttpResponse add(HttpRequest request) {
        DeviceDraft draft = request.body(DeviceDraft.class);
        Principal caller = request.principal();
        if (!Boolean.TRUE.equals(draft.shared()) || caller.role() != Role.ADMIN) {
            return HttpResponse.created(files.devices().add(caller, draft));
        }
        Map<String, String> details = Map.of(
                "name", String.valueOf(draft.name()),
                "kind", String.valueOf(draft.kind()));
        return HttpResponse.created(trail.during(
                request.actor(),
                "device.add",
                "shared",
                details,
                () -> files.devices().add(caller, draft)));
    }

    private HttpResponse list(HttpRequest request) {
        return HttpResponse.ok(files.devices()
                .list(
                        request.principal(),
                        request.queryParameter("shared").filter("true"::equals).isPresent(),
                        request.queryInteger("page", 1, 1, 1_000_000),
                        request.queryInteger("page_size", 20, 1, FileApi.LARGEST_PAGE)));
    }

    private HttpResponse read(HttpRequest request) {
        return HttpResponse.ok(files.devices().read(request.principal(), id(request)));
    }

    private HttpResponse remove(HttpRequest request) {
        Principal caller = request.principal();
        String deviceId = id(request);
        if (caller.role() != Role.ADMIN) {
            files.devices().remove(caller, deviceId, false);
            return HttpResponse.done();
        }
        Device device = files.devices().any(deviceId);
        if (device.ownerId().equals(Optional.of(caller.userId()))) {
            files.devices().remove(caller, deviceId, false);
        } else {
            Map<String, String> details = Map.of("owner", device.ownerId().orElse(""), "name", device.name());
            trail.during(request.actor(), "device.remove", deviceId, details, () -> {
                files.devices().remove(caller, deviceId, true);
                return null;
            });
        }
        return HttpResponse.done();
    }

    private HttpResponse pending(HttpRequest request) {
        return HttpResponse.ok(files.pushes().pending(request.principal(), id(request)));
    }

    private HttpResponse signIn(HttpRequest request) {
        return HttpResponse.ok(files.devices().signIn(request.body(DeviceSignIn.class), request.sourceIp()));
    }

    private static String id(HttpRequest request) {
        return request.pathParameter("id");
    }
}
