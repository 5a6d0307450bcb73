package dev.parley.checks;

import static dev.parley.checks.Refusals.json;
import static dev.parley.checks.Refusals.ok;

import dev.parley.contracts.Wire;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What is refused of files, pushes, devices, webhooks and notifications. */
final class FileRefusals {
    private static final int MEGABYTE = 1 << 20;
    private static final int DEVICES = 2001;
    private static final int WEBHOOKS = 10;

    private final Refusals refusals;
    private final People people;
    private final RunningSystem system;
    private final Http http;
    /** Each a file of its own, so that none is found again. */
    private int more;

    FileRefusals(Refusals refusals, People people, RunningSystem system) {
        this.refusals = refusals;
        this.people = people;
        this.system = system;
        this.http = people.http;
    }

    void walk() {
        files();
        pushes();
        devices();
        webhooks();
        notifications();
        limits();
    }

    private void refuse(String code, String request, String token, String body) {
        refusals.refuse(http, code, request, token, body);
    }

    private void files() {
        String none = "/files/f_none";
        refuse("file.not_found", "GET " + none, people.ana, null);
        refuse("file.not_found", "DELETE " + none, people.ana, null);
        refuse("file.not_found", "POST " + none + "/parts", people.ana, null);
        refuse("file.not_found", "POST " + none + "/complete", people.ana, null);
        refuse("file.not_found", "GET " + none + "/manifest", people.ana, null);
        refuse("file.not_found", "GET " + none + "/url", people.ana, null);
        refuse("file.not_found", "POST " + none + "/shares", people.ana, json("conversation_id", people.group));
        refuse("file.not_found", "DELETE " + none + "/shares/" + people.group, people.ana, null);
        refuse("file.not_found", "POST " + none + "/push", people.ana, targets("devices", people.deviceId));
        String unfinished = people.begin(people.ana, "half of it");
        String half = "/files/" + unfinished;
        refuse("file.not_ready", "GET " + half + "/manifest", people.ana, null);
        refuse("file.not_ready", "GET " + half + "/url", people.ana, null);
        refuse("file.not_ready", "POST " + half + "/shares", people.ana, json("conversation_id", people.group));
        refuse("file.not_ready", "POST " + half + "/push", people.ana, targets("devices", people.deviceId));
        String empty = ok(http, "POST /files", people.ana, People.draft("none of it"))
                .path("file")
                .path("file_id")
                .asString();
        refuse("file.incomplete", "POST /files/" + empty + "/complete", people.ana, null);
        String ready = "/files/" + people.file;
        refuse("file.state", "POST " + ready + "/parts", people.ana, null);
        refuse("conversation.not_found", "POST " + ready + "/shares", people.ana, json("conversation_id", "c_none"));
        refuse("conversation.not_found", "POST /files", people.ana, sized(9, "c_none"));
    }

    private static String sized(int bytes, String conversation) {
        String hash = People.hash("of " + bytes);
        Map<String, Object> draft =
                new TreeMap<>(Map.of("name", "large.bin", "size", bytes, "sha256", hash, "chunks", List.of(hash)));
        if (conversation != null) {
            draft.put("conversation_id", conversation);
        }
        return Wire.write(draft);
    }

    private static String targets(String kind, String id) {
        return json("targets", Map.of(kind, List.of(id)));
    }

    private void pushes() {
        String push = "POST /files/" + people.file + "/push";
        String bosDevice = ok(http, "POST /devices", people.bo, json("name", "Bo's", "kind", "laptop"))
                .path("device")
                .path("device_id")
                .asString();
        refuse("push.target", push, people.ana, targets("devices", bosDevice));
        refuse("device.not_found", push, people.ana, targets("devices", "dv_none"));
        refuse("push.no_target", push, people.ana, json("targets", Map.of()));
        refuse("conversation.not_found", push, people.ana, json("targets", Map.of("conversation_id", "c_none")));
        String other = people.upload(people.ana, "another plan");
        Map<String, Object> device = Map.of("devices", List.of(people.deviceId));
        ok(http, "POST /files/" + other + "/push", people.ana, json("targets", device, "client_push_id", "once"));
        refuse("push.id_reused", push, people.ana, json("targets", device, "client_push_id", "once"));
        system.sql("INSERT INTO devices (id, owner_id, name, kind, created_by, created_at) SELECT 'dv_many' || i, '"
                + people.cleoId + "', 'Many', 'box', '" + people.cleoId + "', now() FROM generate_series(1, " + DEVICES
                + ") AS i");
        refuse("push.too_many", push, people.ana, targets("users", people.cleoId));

        refuse("push.not_found", "GET /pushes/ps_none", people.ana, null);
        refuse("push.not_found", "DELETE /pushes/ps_none", people.ana, null);
        String report = "/devices/" + people.deviceId + "/state";
        String notified = json("state", "notified");
        refuse("push.not_found", "POST /pushes/ps_none" + report, people.ana, notified);
        refuse("device.not_found", "POST /pushes/" + people.push + "/devices/dv_none/state", people.ana, notified);
        refuse(
                "push.hash",
                "POST /pushes/" + people.push + report,
                people.ana,
                json("state", "done", "sha256", People.hash("something else")));
        String recalled = people.push(people.ana, people.file, people.deviceId);
        ok(http, "DELETE /pushes/" + recalled, people.ana, null);
        refuse("push.called_back", "POST /pushes/" + recalled + report, people.ana, notified);
    }

    private void devices() {
        refuse("device.not_found", "GET /devices/dv_none", people.ana, null);
        refuse("device.not_found", "DELETE /devices/dv_none", people.ana, null);
        refuse("device.not_found", "GET /devices/dv_none/pushes", people.ana, null);
        refuse("device.credential", "POST /devices/token", null, people.body("POST /api/v1/devices/token"));
    }

    private void webhooks() {
        String none = "/webhooks/wh_none";
        refuse("webhook.not_found", "GET " + none, people.ana, null);
        refuse("webhook.not_found", "PUT " + none, people.ana, json("description", "x"));
        refuse("webhook.not_found", "DELETE " + none, people.ana, null);
        refuse("webhook.not_found", "POST " + none + "/secret", people.ana, null);
        refuse("webhook.not_found", "POST " + none + "/test", people.ana, null);
        refuse("webhook.not_found", "GET " + none + "/deliveries", people.ana, null);
        refuse("webhook.not_found", "GET " + none + "/deliveries/d_none", people.ana, null);
        refuse("webhook.not_found", "POST " + none + "/deliveries/d_none/replay", people.ana, null);
        String hook = "/webhooks/" + people.webhook;
        refuse("webhook.no_delivery", "GET " + hook + "/deliveries/d_none", people.ana, null);
        refuse("webhook.no_delivery", "POST " + hook + "/deliveries/d_none/replay", people.ana, null);
        String inside = json("url", "https://10.0.0.1/in", "events", List.of("*"));
        refuse("webhook.address", "POST /webhooks", people.ana, inside);
        refuse("webhook.address", "PUT " + hook, people.ana, json("url", "https://10.0.0.1/in"));
        String delivery =
                ok(http, "POST " + hook + "/test", people.ana, null).path("id").asString();
        refuse("webhook.pending", "POST " + hook + "/deliveries/" + delivery + "/replay", people.ana, null);
        ok(http, "PUT " + hook, people.ana, json("status", "disabled"));
        refuse("webhook.disabled", "POST " + hook + "/test", people.ana, null);
        refuse("webhook.disabled", "POST " + hook + "/deliveries/" + delivery + "/replay", people.ana, null);
        ok(http, "PUT " + hook, people.ana, json("status", "active"));
        String one = people.body("POST /api/v1/webhooks");
        for (int i = 1; i < WEBHOOKS; i++) {
            ok(http, "POST /webhooks", people.ana, one);
        }
        refuse("webhook.limit", "POST /webhooks", people.ana, one);
    }

    private void notifications() {
        refuse("notification.not_found", "POST /notifications/n_none/read", people.ana, null);
        refuse("notification.no_delivery", "POST /notifications/deliveries/dl_none/replay", people.ana, null);
        refuse("notification.code", "POST /notifications/phone/confirm", people.ana, json("code", "000000"));
        refuse("notification.no_subscription", "DELETE /notifications/subscriptions/ps_none", people.ana, null);
        refuse(
                "notification.push_service",
                "POST /notifications/subscriptions",
                people.ana,
                people.body("POST /api/v1/notifications/subscriptions")
                        .replace("services.mozilla", "services.elsewhere"));
    }

    /** Last, for a limit that is put back is in force for two seconds more. */
    private void limits() {
        Limited.refuse(
                refusals,
                people,
                "file_megabytes",
                "file.too_large",
                "POST /files",
                people.ana,
                () -> sized(2 * MEGABYTE, null));
        Limited.refuse(
                refusals,
                people,
                "account_file_megabytes",
                "file.quota",
                "POST /files",
                people.bo,
                () -> sized(2 * MEGABYTE + ++more, null));
        Limited.refuse(
                refusals,
                people,
                "account_devices",
                "device.too_many",
                "POST /devices",
                people.ana,
                () -> json("name", "One more", "kind", "laptop"));
    }
}
