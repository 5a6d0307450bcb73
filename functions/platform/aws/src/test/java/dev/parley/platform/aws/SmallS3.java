package dev.parley.platform.aws;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * As much of S3 as one bucket's user needs: GET, PUT and DELETE of an object by its path, {@code /bucket/key}. A request whose signature
 * (Signature Version 4 in the Authorization header) is not made with {@link #SECRET_KEY} is 403, as S3 has it.
 */
public final class SmallS3 implements AutoCloseable {
    public static final String ACCESS_KEY = "AKIDSMALL";
    public static final String SECRET_KEY = "a secret that both sides know";

    /** An object with the headers that it was put with. */
    public record Stored(byte[] bytes, String contentType, String cacheControl) {}

    private static final Pattern AUTHORIZATION = Pattern.compile(
            "AWS4-HMAC-SHA256 Credential=([^/]+)/(\\d{8})/([^/]+)/s3/aws4_request, ?SignedHeaders=([^,]+), ?Signature=([0-9a-f]{64})");

    private final Map<String, Stored> objects = new ConcurrentHashMap<>();
    private final HttpServer server;
    private volatile int failures;

    private SmallS3(HttpServer server) {
        this.server = server;
        server.createContext("/", this::serve);
        server.start();
    }

    public static SmallS3 start() {
        try {
            return new SmallS3(HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0));
        } catch (IOException e) {
            throw new IllegalStateException("No port is free", e);
        }
    }

    public URI endpoint() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    /** The settings of a function that uses it. */
    public Map<String, String> values() {
        return Map.of(
                "S3_ENDPOINT",
                endpoint().toString(),
                "AWS_REGION",
                "eu-central-1",
                "AWS_ACCESS_KEY_ID",
                ACCESS_KEY,
                "AWS_SECRET_ACCESS_KEY",
                SECRET_KEY);
    }

    /** By path, {@code /bucket/key}. */
    public Map<String, Stored> objects() {
        return objects;
    }

    public void put(String path, String text) {
        objects.put(path, new Stored(text.getBytes(StandardCharsets.UTF_8), "text/plain", ""));
    }

    /** Answers 503 to the next {@code count} requests. */
    public void fail(int count) {
        failures = count;
    }

    private void serve(HttpExchange exchange) throws IOException {
        try (exchange) {
            byte[] body = exchange.getRequestBody().readAllBytes();
            if (failures > 0) {
                failures--;
                refuse(exchange, 503, "SlowDown");
            } else if (!isSigned(exchange, body)) {
                refuse(exchange, 403, "SignatureDoesNotMatch");
            } else {
                serveSigned(exchange, body);
            }
        } catch (GeneralSecurityException e) {
            throw new IOException(e);
        }
    }

    private void serveSigned(HttpExchange exchange, byte[] body) throws IOException {
        String path = exchange.getRequestURI().getPath();
        Headers headers = exchange.getRequestHeaders();
        switch (exchange.getRequestMethod()) {
            case "GET" -> {
                Stored stored = objects.get(path);
                if (stored == null) {
                    refuse(exchange, 404, "NoSuchKey");
                    return;
                }
                exchange.getResponseHeaders().set("Content-Type", stored.contentType());
                exchange.sendResponseHeaders(200, stored.bytes().length);
                exchange.getResponseBody().write(stored.bytes());
            }
            case "PUT" -> {
                objects.put(
                        path,
                        new Stored(
                                body,
                                String.valueOf(headers.getFirst("Content-Type")),
                                String.valueOf(headers.getFirst("Cache-Control"))));
                exchange.sendResponseHeaders(200, -1);
            }
            case "DELETE" -> {
                objects.remove(path);
                exchange.sendResponseHeaders(204, -1);
            }
            default -> refuse(exchange, 405, "MethodNotAllowed");
        }
    }

    private static void refuse(HttpExchange exchange, int status, String code) throws IOException {
        byte[] body = ("<Error><Code>" + code + "</Code></Error>").getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "application/xml");
        exchange.sendResponseHeaders(status, body.length);
        exchange.getResponseBody().write(body);
    }

    private static boolean isSigned(HttpExchange exchange, byte[] body) throws GeneralSecurityException {
        Headers headers = exchange.getRequestHeaders();
        Matcher parts = AUTHORIZATION.matcher(String.valueOf(headers.getFirst("Authorization")));
        String hash = String.valueOf(headers.getFirst("x-amz-content-sha256"));
        boolean hashed = hash.length() != 64 || hash.equals(hex(sha256(body)));
        if (!parts.matches() || !parts.group(1).equals(ACCESS_KEY) || !hashed) {
            return false;
        }
        String scope = parts.group(2) + "/" + parts.group(3) + "/s3/aws4_request";
        String canonical = canonical(exchange, parts.group(4), hash);
        String toSign = "AWS4-HMAC-SHA256\n" + headers.getFirst("X-Amz-Date") + "\n" + scope + "\n"
                + hex(sha256(canonical.getBytes(StandardCharsets.UTF_8)));
        byte[] key = ("AWS4" + SECRET_KEY).getBytes(StandardCharsets.UTF_8);
        for (String part : scope.split("/")) {
            key = hmac(key, part);
        }
        return hex(hmac(key, toSign)).equals(parts.group(5));
    }

    private static String canonical(HttpExchange exchange, String signedHeaders, String hash) {
        URI uri = exchange.getRequestURI();
        String query = uri.getRawQuery() == null
                ? ""
                : Arrays.stream(uri.getRawQuery().split("&"))
                        .map(pair -> pair.contains("=") ? pair : pair + "=")
                        .sorted()
                        .collect(Collectors.joining("&"));
        StringBuilder text = new StringBuilder()
                .append(exchange.getRequestMethod())
                .append('\n')
                .append(uri.getRawPath())
                .append('\n')
                .append(query)
                .append('\n');
        for (String name : signedHeaders.split(";")) {
            List<String> values = exchange.getRequestHeaders().getOrDefault(name, List.of());
            text.append(name)
                    .append(':')
                    .append(values.stream().map(String::strip).collect(Collectors.joining(",")))
                    .append('\n');
        }
        return text.append('\n').append(signedHeaders).append('\n').append(hash).toString();
    }

    private static byte[] hmac(byte[] key, String text) throws GeneralSecurityException {
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(key, "HmacSHA256"));
        return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
    }

    private static byte[] sha256(byte[] bytes) throws GeneralSecurityException {
        return MessageDigest.getInstance("SHA-256").digest(bytes);
    }

    private static String hex(byte[] bytes) {
        return HexFormat.of().formatHex(bytes);
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
