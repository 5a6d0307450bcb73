package dev.parley.local.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.local.gateway.web.Site;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WebAppTest {
    private static final String SCRIPT = "console.log('parley');".repeat(100);

    @TempDir
    static Path folder;

    private static ScriptedGateway gateway;

    @BeforeAll
    static void start() throws IOException {
        Path app = Files.createDirectories(folder.resolve("app"));
        Files.createDirectories(app.resolve("assets"));
        Files.writeString(app.resolve("index.html"), "<!doctype html><title>Parley</title>");
        Files.writeString(app.resolve("assets/index-Bx3dK9_a.js"), SCRIPT);
        Files.writeString(app.resolve("robots.txt"), "User-agent: *");
        Files.writeString(folder.resolve("secret.txt"), "not yours");
        Path pictures = Files.createDirectories(folder.resolve("objects/avatars/u_1"));
        Files.writeString(pictures.resolve("a_1.jpg"), "a picture");
        Files.writeString(folder.resolve("objects/recording.mp4"), "not yours either");
        gateway = new ScriptedGateway(options -> options.webApp(
                new Site(app, folder.resolve("objects"), Optional.of(URI.create("http://localhost:8804")))));
    }

    @AfterAll
    static void stop() {
        gateway.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/", "/index.html", "/m/abc-defg-hij", "/settings"})
    void everyPageIsTheApp(String path) {
        HttpResponse<String> response = gateway.get(path);
        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.body()).contains("Parley");
        assertThat(response.headers().firstValue("Cache-Control")).contains("no-cache");
        assertThat(response.headers().firstValue("Content-Type")).contains("text/html; charset=utf-8");
    }

    @Test
    void hashedFilesAreKeptForAYear() {
        HttpResponse<String> response = gateway.get("/assets/index-Bx3dK9_a.js");
        assertThat(response.body()).isEqualTo(SCRIPT);
        assertThat(response.headers().firstValue("Cache-Control")).contains("public, max-age=31536000, immutable");
        assertThat(gateway.get("/robots.txt").headers().firstValue("Cache-Control"))
                .contains("no-cache");
    }

    @Test
    void picturesAreReadAndNothingBesideThem() {
        HttpResponse<String> picture = gateway.get("/avatars/u_1/a_1.jpg");
        assertThat(picture.body()).isEqualTo("a picture");
        assertThat(picture.headers().firstValue("Content-Type")).contains("image/jpeg");
        assertThat(picture.headers().firstValue("Cache-Control")).contains("public, max-age=31536000, immutable");
        assertThat(picture.headers().firstValue("X-Content-Type-Options")).contains("nosniff");

        for (String path : new String[] {
            "/avatars/u_1/a_2.jpg", "/avatars/u_1", "/avatars/%2e%2e/recording.mp4", "/avatars/..%2F..%2Fsecret.txt"
        }) {
            HttpResponse<String> refused = gateway.get(path);
            assertThat(refused.statusCode()).as(path).isIn(400, 404);
            assertThat(refused.body()).as(path).doesNotContain("not yours");
        }
    }

    @Test
    void whatTheBrowserHasIsNotSentAgain() {
        String etag = gateway.get("/robots.txt").headers().firstValue("ETag").orElseThrow();
        assertThat(gateway.get("/robots.txt", "If-None-Match", etag).statusCode())
                .isEqualTo(304);
    }

    @Test
    void textIsCompressedForWhoAsks() throws Exception {
        var request = HttpRequest.newBuilder(gateway.at("/assets/index-Bx3dK9_a.js"))
                .header("Accept-Encoding", "br, gzip")
                .build();
        try (HttpClient client = HttpClient.newHttpClient()) {
            HttpResponse<byte[]> response = client.send(request, BodyHandlers.ofByteArray());
            assertThat(response.headers().firstValue("Content-Encoding")).contains("gzip");
            assertThat(response.body().length).isLessThan(SCRIPT.length() / 10);
            assertThat(new GZIPInputStream(new ByteArrayInputStream(response.body())).readAllBytes())
                    .asString()
                    .isEqualTo(SCRIPT);
        }
    }

    @Test
    void scriptsComeFromFilesAlone() {
        String policy =
                gateway.get("/").headers().firstValue("Content-Security-Policy").orElseThrow();
        assertThat(policy)
                .contains("default-src 'self'", "frame-ancestors 'none'")
                .doesNotContain("unsafe");
        assertThat(policy).contains("ws://127.0.0.1:" + gateway.addresses().port());
        assertThat(policy).as("where large files are").endsWith(" http://localhost:8804");
        assertThat(gateway.get("/").headers().firstValue("X-Content-Type-Options"))
                .contains("nosniff");
    }

    @ParameterizedTest
    @ValueSource(strings = {"localhost", "127.0.0.1"})
    void aPageReachesTheSocketByEitherNameOfThisMachine(String name) {
        int port = gateway.addresses().port();
        String policy = RawSocket.headerOf(port, "/", name + ":" + port, "Content-Security-Policy");
        assertThat(policy).contains("ws://localhost:" + port, "ws://127.0.0.1:" + port);
    }

    @Test
    void aPageOfAnotherHostReachesThatHostAlone() {
        String policy =
                RawSocket.headerOf(gateway.addresses().port(), "/", "meet.example.org:8800", "Content-Security-Policy");
        assertThat(policy).contains("ws://meet.example.org:8800").doesNotContain("ws://localhost", "127.0.0.1");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/missing.js", "/assets/missing.css", "/%2e%2e/secret.txt", "/..%2fsecret.txt", "/%00.txt"})
    void whatIsNoFileIsNotFound(String path) {
        int status = RawSocket.statusOf(gateway.addresses().port(), "GET " + path + " HTTP/1.1");
        assertThat(status).isIn(400, 404);
    }

    @Test
    void headHasNoBodyAndOtherMethodsAreRefused() {
        HttpResponse<String> head =
                gateway.send(HttpRequest.newBuilder(gateway.at("/")).HEAD());
        assertThat(head.statusCode()).isEqualTo(200);
        assertThat(head.body()).isEmpty();
        assertThat(gateway.post("/settings", "x").statusCode()).isEqualTo(405);
    }

    @Test
    void theApisPathsStayTheApis() {
        assertThat(gateway.get("/echo/nowhere").statusCode()).isEqualTo(403);
        assertThat(gateway.get("/echo").statusCode()).isEqualTo(200);
    }
}
