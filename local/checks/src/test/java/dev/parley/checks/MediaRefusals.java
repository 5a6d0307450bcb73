package dev.parley.checks;

import static dev.parley.checks.Refusals.json;
import static dev.parley.checks.Refusals.ok;

import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/** What is refused of media, and of acts that reach the node of a meeting. */
final class MediaRefusals {
    private final Refusals refusals;
    private final People people;
    private final FakeNode node;
    private final Http http;
    /** Ana holds it, Bo is in it. */
    private final String meeting;

    MediaRefusals(Refusals refusals, People people, FakeNode node) {
        this.refusals = refusals;
        this.people = people;
        this.node = node;
        this.http = people.http;
        meeting = people.liveMeeting(people.ana, json("title", "Heard"));
    }

    void walk() {
        JsonNode joined = ok(http, "POST /meetings/" + meeting + "/join", people.bo, "{}");
        String offer = offer(joined.path("media_token").asString(), "v=0");
        String media = "POST /meetings/" + meeting + "/media";
        refuse("media.token", media, people.bo, offer("none", "v=0"));
        refuse(
                "sdp.unusable",
                media,
                people.bo,
                offer(joined.path("media_token").asString(), " "));
        refuse("media.moved", "PUT" + media.substring(4) + "/s_1", people.bo, json("sdp", "v=0"));
        refuse("fleet.unavailable", media, people.bo, offer);
        node.lease(1);
        refuse("fleet.full", media, people.bo, offer);
        node.lease(0);
        node.refuses(409, "media.moved");
        refuse("media.moved", media, people.bo, offer);
        node.answersNonsense();
        reached("fleet.bad_reply", offer);
        node.answersNothing();
        reached("fleet.unavailable", offer);
        node.serves();
        sessions();
    }

    private void refuse(String code, String request, String token, String body) {
        refusals.refuse(http, code, request, token, body);
    }

    private static String offer(String token, String sdp) {
        return json("media_token", token, "sdp", sdp, "tracks", List.of());
    }

    /** Everything that asks the node, which has the meeting's room and does not answer as it should. */
    private void reached(String code, String offer) {
        String at = "/meetings/" + meeting;
        String bo = at + "/participants/" + people.boId;
        String restart = json("sdp", "v=0");
        node.lease(0);
        refuse(code, "POST " + at + "/media", people.bo, offer);
        refuse(code, "PUT " + at + "/media/s_1", people.bo, restart);
        refuse(code, "DELETE " + at + "/media/s_1", people.bo, null);
        refuse(code, "POST " + bo + "/mute", people.ana, null);
        refuse(code, "POST " + bo + "/unmute-request", people.ana, null);
        refuse(code, "POST " + at + "/mute-all", people.ana, null);
        refuse(code, "POST " + bo + "/role", people.ana, json("role", "presenter"));
        refuse(code, "POST " + at + "/breakouts/announcements", people.ana, json("text", "Hello"));
        refuse(
                code,
                "POST " + at + "/breakouts",
                people.ana,
                json("rooms", List.of(Map.of("name", "One", "people", List.of(people.boId)))));
        String room = ok(http, "GET " + at + "/breakouts", people.ana, null)
                .path("rooms")
                .get(0)
                .path("id")
                .asString();
        refuse(
                code,
                "PUT " + at + "/breakouts/assignments",
                people.ana,
                json("assignments", List.of(Map.of("who", people.boId, "room", room))));
        refuse(code, "POST " + at + "/breakouts/" + room + "/enter", people.ana, null);
        refuse(code, "POST " + at + "/breakouts/" + room + "/leave", people.ana, null);
        refuse(code, "DELETE " + at + "/breakouts", people.ana, null);
        ok(http, "POST " + at + "/join", people.cleo, "{}");
        refuse(code, "POST " + at + "/leave", people.cleo, null);
        String over = placed();
        refuse(code, "POST /meetings/" + over + "/participants/" + people.cleoId + "/kick", people.ana, null);
        refuse(code, "POST /meetings/" + over + "/end", people.ana, null);
    }

    /** A meeting with Cleo in it whose room is on the node. */
    private String placed() {
        String id = people.liveMeeting(people.ana, json("title", "Over soon"));
        String token = ok(http, "POST /meetings/" + id + "/join", people.cleo, "{}")
                .path("media_token")
                .asString();
        http.call("POST", Refusals.API + "/meetings/" + id + "/media", people.cleo, offer(token, "v=0"));
        return id;
    }

    private void sessions() {
        String at = "/meetings/" + meeting;
        String offer = offer(
                ok(http, "POST " + at + "/join", people.bo, "{}")
                        .path("media_token")
                        .asString(),
                "v=0");
        String restart = json("sdp", "v=0");
        refuse("sdp.unusable", "PUT " + at + "/media/s_1", people.bo, json("sdp", " "));
        refuse("media.session", "PUT " + at + "/media/%21", people.bo, restart);
        refuse("media.session", "DELETE " + at + "/media/%21", people.bo, null);
        refuse("media.not_admitted", "PUT " + at + "/media/s_1", people.cleo, restart);
        refuse("media.not_admitted", "DELETE /meetings/" + people.meeting + "/media/s_1", people.cleo, null);
        ok(http, "POST " + at + "/leave", people.bo, null);
        refuse("media.not_admitted", "POST " + at + "/media", people.bo, offer);
        ok(http, "POST " + at + "/end", people.ana, null);
        refuse("meeting.ended", "POST " + at + "/media", people.bo, offer);
        refuse("meeting.ended", "PUT " + at + "/media/s_1", people.bo, restart);
    }
}
