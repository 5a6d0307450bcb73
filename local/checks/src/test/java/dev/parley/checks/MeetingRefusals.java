package dev.parley.checks;

import static dev.parley.checks.Refusals.json;
import static dev.parley.checks.Refusals.ok;

import dev.parley.checks.api.Contract;
import dev.parley.contracts.Wire;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/** What is refused of meetings, the people in them, their polls and their breakout rooms. */
final class MeetingRefusals {
    private static final String UNKNOWN = "nowhere";

    private final Refusals refusals;
    private final People people;
    private final Http http;
    /** Held in the middle of the talk, by Ana; Bo helps her, Dee waits, Eli was not let in, Fay was removed, Gus is a guest. */
    private final String stage;

    private final String dee;
    private final String deeId;
    private final String eli;
    private final String eliId;
    final String fay;
    private final String fayId;
    private final String gusId;

    MeetingRefusals(Refusals refusals, People people) {
        this.refusals = refusals;
        this.people = people;
        this.http = people.http;
        stage = people.liveMeeting(people.ana, json("title", "Stage"));
        deeId = http.register("dee_errors");
        eliId = http.register("eli_errors");
        fayId = http.register("fay_errors");
        dee = http.login("dee_errors");
        eli = http.login("eli_errors");
        fay = http.login("fay_errors");
        ok(http, "POST " + at(stage, "/join"), people.bo, "{}");
        ok(http, "POST " + at(stage, "/join"), fay, "{}");
        JsonNode pass = ok(http, "POST " + at(stage, "/guests"), null, json("display_name", "Gus"));
        gusId = pass.path("user_id").asString();
        ok(http, "POST " + at(stage, "/join"), pass.path("token").asString(), "{}");
        ok(http, "PUT " + at(stage, ""), people.ana, json("settings", Map.of("require_approval", true)));
        ok(http, "POST " + at(stage, "/join"), dee, "{}");
        ok(http, "POST " + at(stage, "/join"), eli, "{}");
        ok(http, "POST " + at(stage, "/participants/" + eliId + "/deny"), people.ana, null);
    }

    void walk() {
        everyRoute();
        plans();
        invitations();
        doors();
        persons();
        polls();
        breakouts();
    }

    /** The meeting where somebody was removed: by now only {@link #fay}. */
    String stage() {
        return stage;
    }

    private static String at(String meeting, String rest) {
        return "/meetings/" + meeting + rest;
    }

    private void refuse(String code, String request, String token, String body) {
        refusals.refuse(http, code, request, token, body);
    }

    /** What a meeting is, and who asks, decides before anything else. */
    private void everyRoute() {
        String planned = people.plannedMeeting(people.ana, json("title", "Later"));
        String ended = people.liveMeeting(people.ana, json("title", "Before"));
        ok(http, "POST " + at(ended, "/end"), people.ana, null);
        String cancelled = people.plannedMeeting(people.ana, json("title", "Never"));
        ok(http, "DELETE " + at(cancelled, ""), people.ana, null);
        for (Contract.Route route : refusals.routes()) {
            if (!route.path().startsWith("/api/v1/meetings/{id}")
                    || route.path().contains("/media")) {
                continue;
            }
            boolean open = route.path().endsWith("/guests");
            boolean doors = open || route.path().endsWith("/join");
            String host = open ? null : people.ana;
            String other = open ? null : people.bo;
            said(route, "meeting.not_found", UNKNOWN, host);
            said(route, "meeting.not_started", planned, doors ? other : host);
            said(route, "meeting.ended", ended, doors ? other : host);
            said(route, "meeting.cancelled", cancelled, host);
            said(route, "meeting.not_host", people.meeting, people.cleo);
            said(route, "meeting.not_participant", people.meeting, people.cleo);
        }
        refuse("meeting.active", "DELETE " + at(people.meeting, ""), people.ana, null);
        refuse("signal.not_participant", "POST /ws-tickets", people.cleo, json("meeting_id", people.meeting));
        refuse("meeting.ended", "POST /ws-tickets", people.ana, json("meeting_id", ended));
    }

    private void said(Contract.Route route, String code, String meeting, String token) {
        if (route.refusals().contains(code)) {
            String path = people.address(route.path().replace("{id}", meeting));
            refuse(code, route.method() + " " + path, token, people.body(route.name()));
        }
    }

    private void plans() {
        String planned = people.plannedMeeting(people.ana, json("title", "Later"));
        for (String request : List.of("POST /meetings", "PUT " + at(planned, ""))) {
            Map<String, Object> wrong = Map.of(
                    "meeting.title", Map.of("title", " "),
                    "meeting.description", Map.of("title", "x", "description", "x".repeat(2001)),
                    "meeting.start_time", Map.of("title", "x", "start_time", "soon"),
                    "meeting.end_time", Map.of("title", "x", "end_time", "late"),
                    "meeting.recurrence", Map.of("title", "x", "recurrence", Map.of("rule", "FREQ=SOMETIMES")),
                    "meeting.max_participants", Map.of("title", "x", "max_participants", 0),
                    "meeting.type", Map.of("title", "x", "meeting_type", "dream"),
                    "meeting.password_form", Map.of("title", "x", "password", " "));
            wrong.forEach((code, draft) -> refuse(code, request, people.ana, Wire.write(draft)));
        }
        refuse("meeting.status", "GET /meetings?status=odd", people.ana, null);
        refuse("meeting.keyword", "GET /meetings?keyword=" + "x".repeat(101), people.ana, null);
        refuse("meeting.page", "GET /meetings?page=0", people.ana, null);
        for (String wrong : List.of("since=yesterday", "limit=0", "cursor=made-up")) {
            refuse("request.invalid", "GET " + at(planned, "/quality?" + wrong), people.ana, null);
        }
        refuse("meeting.no_time", "GET " + at(planned, "/calendar.ics"), people.ana, null);
        Limited.refuse(
                refusals,
                people,
                "account_meetings",
                "meeting.too_many",
                "POST /meetings",
                people.ana,
                () -> json("title", "One more"));
    }

    private void invitations() {
        String request = "POST " + at(people.meeting, "/invitations");
        refuse("invitation.emails", request, people.ana, json("emails", List.of()));
        refuse("invitation.locale", request, people.ana, json("emails", List.of("a@example.org"), "locale", "tlh"));
        ok(http, request, people.ana, json("emails", List.of("one@example.org")));
        String next = json("emails", List.of("two@example.org", "three@example.org"));
        Limited.refuse(refusals, people, "meeting_invitations", "invitation.too_many", request, people.ana, () -> next);
    }

    private void doors() {
        refuse("participant.display_name", "POST " + at(stage, "/guests"), null, json("display_name", " "));
        refuse("participant.display_name", "POST " + at(stage, "/join"), people.cleo, json("display_name", " "));
        String secret = people.liveMeeting(people.ana, json("title", "Secret", "password", "open sesame"));
        refuse("meeting.password", "POST " + at(secret, "/guests"), null, json("display_name", "Gil", "password", "x"));
        refuse("meeting.password", "POST " + at(secret, "/join"), people.cleo, json("password", "x"));
        refuse("meeting.denied", "POST " + at(stage, "/join"), eli, "{}");
        String locked = people.liveMeeting(people.ana, json("title", "Locked"));
        ok(http, "POST " + at(locked, "/lock"), people.ana, null);
        refuse("meeting.locked", "POST " + at(locked, "/join"), people.cleo, "{}");
        String full = people.liveMeeting(people.ana, json("title", "Full", "max_participants", 1));
        refuse("meeting.full", "POST " + at(full, "/join"), people.cleo, "{}");
        removed(full);
    }

    /** Who was removed comes in no more, by whatever door. */
    private void removed(String full) {
        ok(http, "POST " + at(stage, "/participants/" + fayId + "/kick"), people.ana, null);
        refuse("meeting.banned", "POST " + at(stage, "/join"), fay, "{}");
        refuse("meeting.banned", "POST /ws-tickets", fay, json("meeting_id", stage));
        String open = people.liveMeeting(people.ana, json("title", "Open"));
        JsonNode pass = ok(http, "POST " + at(open, "/guests"), null, json("display_name", "Gil"));
        ok(http, "POST " + at(open, "/join"), pass.path("token").asString(), "{}");
        ok(http, "POST " + at(open, "/participants/" + pass.path("user_id").asString() + "/kick"), people.ana, null);
        refuse(
                "meeting.banned",
                "POST " + at(open, "/guests"),
                null,
                json("display_name", "Gil", "guest_key", pass.path("guest_key").asString()));
        ok(http, "POST " + at(full, "/end"), people.ana, null);
    }

    private void persons() {
        ok(http, "POST " + at(stage, "/participants/" + people.boId + "/role"), people.ana, json("role", "co-host"));
        for (String act : List.of("kick", "mute", "unmute-request", "admit", "deny", "role")) {
            String body = act.equals("role") ? json("role", "viewer") : null;
            refuse("participant.not_found", "POST " + at(stage, "/participants/u_nobody/" + act), people.ana, body);
        }
        refuse("meeting.host_stays", "POST " + at(stage, "/participants/" + people.anaId + "/kick"), people.bo, null);
        for (String act : List.of("mute", "unmute-request")) {
            refuse(
                    "participant.not_joined",
                    "POST " + at(stage, "/participants/" + deeId + "/" + act),
                    people.ana,
                    null);
        }
        for (String act : List.of("admit", "deny")) {
            refuse(
                    "participant.not_waiting",
                    "POST " + at(stage, "/participants/" + people.boId + "/" + act),
                    people.ana,
                    null);
        }
        role("participant.role", people.boId, people.ana, "emperor");
        role("participant.oneself", people.boId, people.bo, "host");
        role("meeting.last_host", people.anaId, people.ana, "participant");
        role("participant.guest", gusId, people.ana, "co-host");
        role("participant.not_joined", eliId, people.ana, "viewer");
    }

    private void role(String code, String who, String token, String role) {
        refuse(code, "POST " + at(stage, "/participants/" + who + "/role"), token, json("role", role));
    }

    private void polls() {
        String all = at(people.meeting, "/polls");
        refuse("poll.question", "POST " + all, people.ana, json("question", " ", "options", List.of("a", "b")));
        refuse("poll.options", "POST " + all, people.ana, json("question", "Why?", "options", List.of("a")));
        refuse("poll.not_found", "GET " + all + "/q_none", people.ana, null);
        refuse("poll.not_found", "POST " + all + "/q_none/vote", people.ana, json("choices", List.of(0)));
        refuse("poll.not_found", "POST " + all + "/q_none/close", people.ana, null);
        refuse("poll.choices", "POST " + all + "/" + people.poll + "/vote", people.bo, json("choices", List.of(9)));
        String over = ok(http, "POST " + all, people.ana, json("question", "When?", "options", List.of("a", "b")))
                .path("id")
                .asString();
        ok(http, "POST " + all + "/" + over + "/close", people.ana, null);
        refuse("poll.closed", "POST " + all + "/" + over + "/vote", people.bo, json("choices", List.of(0)));
        String many = people.liveMeeting(people.ana, json("title", "Many questions"));
        for (int i = 0; i < 50; i++) {
            ok(http, "POST " + at(many, "/polls"), people.ana, json("question", "Q" + i, "options", List.of("a", "b")));
        }
        refuse(
                "poll.too_many",
                "POST " + at(many, "/polls"),
                people.ana,
                json("question", "One more?", "options", List.of("a", "b")));
    }

    private void breakouts() {
        String all = at(stage, "/breakouts");
        refuse("breakout.closed", "PUT " + all + "/assignments", people.ana, assignment(people.boId, null));
        refuse("breakout.closed", "POST " + all + "/b_none/enter", people.ana, null);
        refuse("breakout.closed", "POST " + all + "/b_none/leave", people.ana, null);
        refuse("breakout.rooms", "POST " + all, people.ana, json("rooms", List.of()));
        refuse("breakout.name", "POST " + all, people.ana, rooms("", List.of()));
        refuse("breakout.twice", "POST " + all, people.ana, rooms("One", List.of(people.boId, people.boId)));
        refuse("participant.not_found", "POST " + all, people.ana, rooms("One", List.of("u_nobody")));
        refuse("participant.not_joined", "POST " + all, people.ana, rooms("One", List.of(deeId)));
        refuse("breakout.announcement", "POST " + all + "/announcements", people.ana, json("text", " "));
        JsonNode opened = ok(http, "POST " + all, people.ana, rooms("One", List.of(people.boId)));
        String one = opened.path("rooms").get(0).path("id").asString();
        refuse("breakout.open", "POST " + all, people.ana, rooms("Two", List.of()));
        String assignments = "PUT " + all + "/assignments";
        refuse("breakout.assignments", assignments, people.ana, json("assignments", List.of()));
        refuse("breakout.not_found", assignments, people.ana, assignment(people.boId, "b_none"));
        refuse("participant.not_found", assignments, people.ana, assignment("u_nobody", one));
        refuse("participant.not_joined", assignments, people.ana, assignment(deeId, one));
        refuse(
                "breakout.twice",
                assignments,
                people.ana,
                json("assignments", List.of(Map.of("who", people.boId), Map.of("who", people.boId))));
        refuse("breakout.not_found", "POST " + all + "/b_none/enter", people.ana, null);
        ok(http, "PUT " + at(stage, ""), people.ana, json("settings", Map.of("require_approval", false)));
        ok(http, "POST " + at(stage, "/join"), people.cleo, "{}");
        refuse("breakout.not_yours", "POST " + all + "/" + one + "/enter", people.cleo, null);
        ok(http, "POST " + at(stage, "/leave"), people.cleo, null);
        ok(http, "DELETE " + all, people.ana, null);
    }

    private static String rooms(String name, List<String> who) {
        return json("rooms", List.of(Map.of("name", name, "people", who)));
    }

    private static String assignment(String who, String room) {
        return json("assignments", List.of(room == null ? Map.of("who", who) : Map.of("who", who, "room", room)));
    }
}
