package dev.parley.local.gateway.web;

import dev.parley.local.gateway.event.IncomingRequest;
import dev.parley.local.gateway.http.HttpReply;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;

/**
 * Serves a built web app: its files, and {@code index.html} for every page that the app itself routes. Files with a hash in their name
 * are kept for a year, all others are asked for again. Scripts and styles come from files alone: the policy knows no {@code unsafe-inline}.
 */
public final class WebApp {
    private static final Pattern HASHED = Pattern.compile(".*[-.][A-Za-z0-9_-]{8,}\\.[a-z0-9]+(\\.map)?");
    private static final Pattern HOST = Pattern.compile("[A-Za-z0-9.\\-]+(:\\d+)?|\\[[0-9A-Fa-f:]+](:\\d+)?");

    private static final List<String> THIS_MACHINE = List.of("localhost", "127.0.0.1");

    private static final String PICTURES = "/avatars/";

    private final Path folder;
    private final Path objects;
    /** Behind the others that pages may connect to; with a space in front, or empty. */
    private final String filesSource;

    private final Map<Path, WebFile> files = new ConcurrentHashMap<>();

    public WebApp(Site site) {
        this.folder = site.app().toAbsolutePath().normalize();
        this.objects = site.objects().toAbsolutePath().normalize();
        this.filesSource = site.files().map(uri -> " " + uri).orElse("");
    }

    /** Answers a GET or HEAD. */
    public HttpReply answer(IncomingRequest request) {
        if (!request.method().equals("GET") && !request.method().equals("HEAD")) {
            return secured(
                    HttpReply.json(405, "{\"message\":\"Method Not Allowed\"}").with("Allow", "GET, HEAD"), request);
        }
        if (request.path().startsWith(PICTURES)) {
            return secured(picture(request), request);
        }
        Optional<Path> found = file(folder, request.path());
        boolean page = found.isEmpty() && !lastPart(request.path()).contains(".");
        Path index = folder.resolve("index.html");
        if (page && Files.isRegularFile(index)) {
            found = Optional.of(index);
        }
        if (found.isEmpty()) {
            return secured(HttpReply.json(404, "{\"message\":\"Not Found\"}"), request);
        }
        return secured(serve(found.get(), request), request);
    }

    /** A picture's name is its own for ever, so it may be kept for ever; nothing else is under that path. */
    private HttpReply picture(IncomingRequest request) {
        Optional<Path> found = file(objects, request.path()).filter(it -> it.startsWith(objects.resolve("avatars")));
        return found.map(path -> serve(path, request))
                .orElseGet(() -> HttpReply.json(404, "{\"message\":\"Not Found\"}"));
    }

    private HttpReply serve(Path path, IncomingRequest request) {
        WebFile file = read(path);
        boolean gzip = file.gzip() != file.plain()
                && request.header("Accept-Encoding").orElse("").contains("gzip");
        var headers = new LinkedHashMap<String, List<String>>();
        headers.put("Content-Type", List.of(file.type()));
        headers.put("ETag", List.of(file.etag()));
        headers.put("Vary", List.of("Accept-Encoding"));
        boolean immutable = path.startsWith(objects)
                || path.startsWith(folder.resolve("assets"))
                        && HASHED.matcher(path.getFileName().toString()).matches();
        headers.put("Cache-Control", List.of(immutable ? "public, max-age=31536000, immutable" : "no-cache"));
        if (request.header("If-None-Match").filter(file.etag()::equals).isPresent()) {
            return new HttpReply(304, headers, new byte[0]);
        }
        if (gzip) {
            headers.put("Content-Encoding", List.of("gzip"));
        }
        return new HttpReply(200, headers, gzip ? file.gzip() : file.plain());
    }

    private static Optional<Path> file(Path root, String path) {
        try {
            String relative = URLDecoder.decode(path.replace("+", "%2B"), StandardCharsets.UTF_8)
                    .replaceFirst("^/+", "");
            Path file =
                    root.resolve(relative.isEmpty() ? "index.html" : relative).normalize();
            return Optional.of(file).filter(it -> it.startsWith(root)).filter(Files::isRegularFile);
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private WebFile read(Path path) {
        try {
            WebFile known = files.get(path);
            if (known == null || !known.modified().equals(Files.getLastModifiedTime(path))) {
                known = WebFile.read(path);
                files.put(path, known);
            }
            return known;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private HttpReply secured(HttpReply reply, IncomingRequest request) {
        String host =
                request.header("Host").filter(it -> HOST.matcher(it).matches()).orElse("localhost");
        return reply.with(
                        "Content-Security-Policy",
                        "default-src 'self'; base-uri 'none'; object-src 'none'; frame-ancestors 'none'; form-action 'self'; "
                                + "img-src 'self' data: blob:; media-src 'self' blob: mediastream:; worker-src 'self' blob:; "
                                + "connect-src 'self'" + sockets(host) + filesSource)
                .with("Permissions-Policy", "camera=(self), microphone=(self), display-capture=(self), geolocation=()")
                .with("Referrer-Policy", "no-referrer")
                .with("X-Content-Type-Options", "nosniff")
                .with("X-Frame-Options", "DENY")
                .with("Cross-Origin-Opener-Policy", "same-origin");
    }

    /** The sockets a page of this host may open. This machine has two names, and the socket's address has one of them. */
    private static String sockets(String host) {
        var sockets = new StringBuilder();
        for (String name : names(host)) {
            sockets.append(" ws://").append(name).append(" wss://").append(name);
        }
        return sockets.toString();
    }

    private static List<String> names(String host) {
        int colon = host.lastIndexOf(':');
        String port = colon < 0 || host.endsWith("]") ? "" : host.substring(colon);
        String name = host.substring(0, host.length() - port.length());
        return THIS_MACHINE.contains(name)
                ? THIS_MACHINE.stream().map(each -> each + port).toList()
                : List.of(host);
    }

    private static String lastPart(String path) {
        return path.substring(path.lastIndexOf('/') + 1);
    }
}
