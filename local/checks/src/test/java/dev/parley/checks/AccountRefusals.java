package dev.parley.checks;

import static dev.parley.checks.Refusals.json;
import static dev.parley.checks.Refusals.ok;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import javax.imageio.ImageIO;
import tools.jackson.databind.JsonNode;

/** What is refused of accounts, sessions and their administration. */
final class AccountRefusals {
    private final Refusals refusals;
    private final People people;
    private final RunningSystem system;
    private final Http http;

    AccountRefusals(Refusals refusals, People people, RunningSystem system) {
        this.refusals = refusals;
        this.people = people;
        this.system = system;
        this.http = people.http;
    }

    void walk() {
        signingIn();
        for (String refresh : List.of("POST /refresh-token", "POST /auth/refresh")) {
            refreshing(refresh);
        }
        cookies();
        profiles();
        pictures();
        gone();
        administration();
    }

    private void refuse(String code, String request, String token, String body, String... headers) {
        refusals.refuse(http, code, request, token, body, headers);
    }

    private void signingIn() {
        for (String prefix : List.of("", "/auth")) {
            refuse("user.exists", "POST " + prefix + "/register", null, people.body("POST /api/v1/register"));
            String login = "POST " + prefix + "/login";
            refuse("user.banned", login, null, json("username", "ben_errors", "password", Http.PASSWORD));
            String wrong = json("username", "cleo_errors" + prefix, "password", "Wrong-Guess-1");
            for (int i = 0; i < 5; i++) {
                refuse("auth.credentials", login, null, wrong);
            }
            refuse("auth.locked", login, null, wrong);
            refuse(
                    "auth.reset_code",
                    "POST " + prefix + "/reset-password",
                    null,
                    people.body("POST /api/v1/reset-password"));
        }
        refuse("session.not_found", "DELETE /sessions/s_none", people.ana, null);
    }

    private JsonNode session() {
        return ok(http, "POST /login", null, json("username", "bo_errors", "password", Http.PASSWORD));
    }

    private void refreshing(String refresh) {
        refuse("auth.refresh_invalid", refresh, null, json("refresh_token", "made-up"));
        String first = session().path("refresh_token").asString();
        String second = ok(http, refresh, null, json("refresh_token", first))
                .path("refresh_token")
                .asString();
        ok(http, refresh, null, json("refresh_token", second));
        // Two rotations ago: nobody has that any more but who took it.
        refuse("auth.refresh_reused", refresh, null, json("refresh_token", first));
        String cookie = "parley_refresh=" + session().path("refresh_token").asString();
        refuse("request.origin", refresh, null, null, "Cookie", cookie);
        refuse(
                "request.csrf",
                refresh,
                null,
                null,
                "Cookie",
                cookie,
                "Origin",
                system.url().toString());
    }

    private void cookies() {
        String request = "GET /csrf-token";
        refuse("auth.refresh_invalid", request, null, null, "Cookie", "parley_refresh=made-up");
        refuse("request.origin", request, null, null, "Origin", "https://elsewhere.example");
        String first = session().path("refresh_token").asString();
        String second = ok(http, "POST /refresh-token", null, json("refresh_token", first))
                .path("refresh_token")
                .asString();
        ok(http, "POST /refresh-token", null, json("refresh_token", second));
        refuse("auth.refresh_reused", request, null, null, "Cookie", "parley_refresh=" + first);
    }

    private void profiles() {
        String wrong = json("old_password", "Wrong-Guess-1", "new_password", "Other-Horse-7");
        for (String path : List.of("/change-password", "/users/change-password")) {
            refuse("auth.old_password", "POST " + path, people.cleo, wrong);
        }
        for (String path : List.of("/account", "/users/account")) {
            refuse("auth.password", "DELETE " + path, people.cleo, json("password", "Wrong-Guess-1"));
            refuse("admin.last", "DELETE " + path, people.ada, json("password", Http.PASSWORD));
        }
        refuse("user.not_found", "GET /users/lookup?username=nobody_errors", people.ana, null);
    }

    private void pictures() {
        byte[] broken = png(30, 30);
        for (int i = 40; i < broken.length; i++) {
            broken[i] ^= 0x5A;
        }
        byte[] huge = png(1, 1);
        for (int i = 16; i < 24; i++) {
            // Width and height, which a picture says of itself before anything else.
            huge[i] = (byte) (i % 4 == 2 ? 0x40 : 0);
        }
        for (String path : List.of("/upload-avatar", "/users/upload-avatar")) {
            picture("avatar.type", path, "GIF89a".getBytes(StandardCharsets.US_ASCII));
            picture("avatar.unreadable", path, broken);
            picture("avatar.dimensions", path, huge);
        }
    }

    private void picture(String code, String path, byte[] bytes) {
        Http.Reply reply = http.send(
                "POST", Refusals.API + path, people.cleo, HttpRequest.BodyPublishers.ofByteArray(bytes), "image/png");
        refusals.learn(http);
        refusals.expect(code, "POST " + path, reply);
    }

    static byte[] png(int width, int height) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try {
            ImageIO.write(new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB), "png", bytes);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
        return bytes.toByteArray();
    }

    /** A row that is gone while the session lives: a removal that has only come so far. */
    private void gone() {
        String id = http.register("gil_errors");
        String token = http.login("gil_errors");
        system.sql("DELETE FROM users WHERE id = '" + id + "'");
        for (String path : List.of("/profile", "/users/profile")) {
            refuse("user.not_found", "GET " + path, token, null);
            refuse("user.not_found", "PUT " + path, token, json("nickname", "Gil"));
        }
        for (String path : List.of("/change-password", "/users/change-password")) {
            refuse("user.not_found", "POST " + path, token, people.body("POST /api/v1/change-password"));
        }
        for (String path : List.of("/upload-avatar", "/users/upload-avatar")) {
            Http.Reply reply = http.send(
                    "POST", Refusals.API + path, token, HttpRequest.BodyPublishers.ofByteArray(png(2, 2)), "image/png");
            refusals.learn(http);
            refusals.expect("user.not_found", "POST " + path, reply);
        }
        for (String path : List.of("/account", "/users/account")) {
            refuse("user.not_found", "DELETE " + path, token, json("password", Http.PASSWORD));
        }
    }

    private void administration() {
        String nobody = "/admin/users/u_nobody";
        String self = "/admin/users/" + people.adaId;
        refuse("user.not_found", "GET " + nobody, people.ada, null);
        refuse("user.not_found", "PUT " + nobody, people.ada, json("nickname", "Nobody"));
        refuse("user.not_found", "DELETE " + nobody, people.ada, null);
        refuse("user.not_found", "POST " + nobody + "/ban", people.ada, null);
        refuse("user.not_found", "POST " + nobody + "/unban", people.ada, null);
        refuse("admin.oneself", "PUT " + self, people.ada, json("role", "user"));
        refuse("admin.oneself", "DELETE " + self, people.ada, null);
        refuse("admin.oneself", "POST " + self + "/ban", people.ada, null);
        refuse("admin.limits", "PUT /admin/limits", people.ada, json("limits", Map.of("name_sign_ins", -1)));
    }
}
