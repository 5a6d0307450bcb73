package dev.parley.checks;

import static dev.parley.checks.Refusals.json;
import static dev.parley.checks.Refusals.ok;

import dev.parley.checks.api.Contract;
import java.net.http.HttpRequest;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What is refused of who asks too often. */
final class LimitRefusals {
    private static final String LIMITED = "rate.limited";
    /** More than any rate lets through, also of a slow machine. */
    private static final int TRIES = 2_000;

    private final Refusals refusals;
    private final People people;
    private final Http http;
    private final Map<String, Often> special = new HashMap<>();

    /** What is asked until it is too often. */
    private record Often(String path, String token, String body) {}

    LimitRefusals(Refusals refusals, People people) {
        this.refusals = refusals;
        this.people = people;
        this.http = people.http;
    }

    void walk() {
        special();
        ok(
                http,
                "PUT /admin/limits",
                people.ada,
                json(
                        "limits",
                        Map.of(
                                "address_registrations",
                                1,
                                "address_sign_ins",
                                5,
                                "address_reset_mails",
                                1,
                                "address_guests",
                                10,
                                "account_uploads",
                                10,
                                "account_pushes",
                                5,
                                "account_invitations",
                                1,
                                "person_messages",
                                5)));
        refusals.atOnce(refusals.routes().stream()
                .filter(route -> route.refusals().contains(LIMITED))
                .map(route -> () -> often(route)));
    }

    /** What would not come to its limit with what {@link People#body} says. */
    private void special() {
        String wrong = json("old_password", "Wrong-Guess-1", "new_password", "Other-Horse-7");
        for (String path : List.of("/api/v1/change-password", "/api/v1/users/change-password")) {
            special.put("POST " + path, new Often(path, people.bo, wrong));
        }
        for (String path : List.of("/api/v1/account", "/api/v1/users/account")) {
            special.put("DELETE " + path, new Often(path, people.bo, json("password", "Wrong-Guess-1")));
        }
        special.put("GET /api/v1/users/lookup", new Often("/api/v1/users/lookup?username=bo_errors", people.ana, null));
        for (String search : List.of("/api/v1/search", "/api/v1/search/files", "/api/v1/search/meetings")) {
            special.put("GET " + search, new Often(search + "?q=hello", people.ana, null));
        }
        special.put(
                "POST /api/v1/conversations",
                new Often(
                        "/api/v1/conversations",
                        people.ana,
                        json("kind", "group", "title", "New", "user_ids", List.of())));
        String secret = people.liveMeeting(people.ana, json("title", "Secret", "password", "open sesame"));
        special.put(
                "POST /api/v1/meetings/{id}/join",
                new Often("/api/v1/meetings/" + secret + "/join", people.cleo, json("password", "x")));
        special.put(
                "PUT /api/v1/webhooks/{id}",
                new Often(
                        people.address("/api/v1/webhooks/{id}"), people.ana, json("url", "http://127.0.0.1:9/other")));
    }

    private void often(Contract.Route route) {
        Often asked = special.getOrDefault(
                route.name(), new Often(people.address(route.path()), people.ana, people.body(route.name())));
        boolean open = !route.refusals().contains("auth.required");
        for (int i = 0; i < TRIES && !refusals.has(route, LIMITED); i++) {
            if (route.path().endsWith("/upload-avatar")) {
                http.send(
                        "POST",
                        route.path(),
                        people.ana,
                        HttpRequest.BodyPublishers.ofByteArray(AccountRefusals.png(2, 2)),
                        "image/png");
            } else {
                http.call(route.method(), asked.path(), open ? null : asked.token(), asked.body());
            }
            refusals.learn(http);
        }
    }
}
