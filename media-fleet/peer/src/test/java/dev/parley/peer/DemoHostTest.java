package dev.parley.peer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DemoHostTest {

    @Test
    void theAccountIsRegisteredOnceAndMadeAnewAfterAReset(@TempDir Path folder) throws Exception {
        Map<String, String> accounts = new ConcurrentHashMap<>();
        try (FakeApi fake = new FakeApi()
                .on("POST /register", body -> {
                    accounts.put(
                            body.path("username").asString(),
                            body.path("password").asString());
                    return Map.of("id", "u_1");
                })
                .on("POST /login", body -> {
                    String known = accounts.get(body.path("username").asString());
                    if (known == null || !known.equals(body.path("password").asString())) {
                        throw new FakeApi.Refusal(401, "auth.credentials");
                    }
                    return Map.of("token", "t_" + body.path("username").asString());
                })) {
            DemoHost host = new DemoHost(new ParleyApi(fake.url()), folder, "Ana");
            String token = host.token();
            assertThat(token).startsWith("t_demo_");
            assertThat(new DemoHost(new ParleyApi(fake.url()), folder, "Ana").token())
                    .isEqualTo(token);
            assertThat(accounts).hasSize(1);
            assertThat(accounts.keySet()).allMatch(name -> name.matches("[A-Za-z0-9_]{3,20}"));

            accounts.clear();
            assertThat(host.token()).isNotEqualTo(token);
            assertThat(accounts).hasSize(1);
        }
    }

    @Test
    void aRefusalSaysItsCode(@TempDir Path folder) throws Exception {
        try (FakeApi fake = new FakeApi().on("POST /register", body -> {
            throw new FakeApi.Refusal(429, "rate.limited");
        })) {
            DemoHost host = new DemoHost(new ParleyApi(fake.url()), folder, "Ana");
            assertThatThrownBy(host::token)
                    .isInstanceOfSatisfying(
                            ApiFailure.class, e -> assertThat(e.code()).isEqualTo("rate.limited"));
        }
    }

    @Test
    void nothingAnswersIsSaidPlainly() {
        ParleyApi api = new ParleyApi(URI.create("http://127.0.0.1:1"));
        assertThatThrownBy(() -> api.login("a", "b"))
                .isInstanceOf(IOException.class)
                .hasMessage("nothing answers at http://127.0.0.1:1");
    }
}
