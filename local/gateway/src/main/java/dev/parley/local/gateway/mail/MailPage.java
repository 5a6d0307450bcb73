package dev.parley.local.gateway.mail;

import dev.parley.local.gateway.event.EventJson;
import dev.parley.local.gateway.event.IncomingRequest;
import dev.parley.local.gateway.http.HttpReply;
import dev.parley.local.gateway.mail.LocalMail.Mail;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What this machine would send - mail, text messages, and what is pushed to browsers - for whoever sits at it: {@code GET /local/outbox} and {@code /local/mail} list it, {@code /local/mail/<id>} shows one with its links,
 * {@code .../html} as a mail program would, {@code .../source} as it would go over the wire; {@code /local/mail.json?to=<address>} is for
 * tests. It holds codes that open accounts, so it is there for loopback connections under this machine's own name alone.
 */
public final class MailPage {
    private static final String OUTBOX = "/local/outbox";
    private static final String PATH = "/local/mail";
    private static final String JSON = PATH + ".json";
    private static final Set<String> OWN_ADDRESSES = Set.of("127.0.0.1", "0:0:0:0:0:0:0:1", "::1");
    private static final Set<String> OWN_NAMES = Set.of("localhost", "127.0.0.1", "[::1]");
    /** A mail's own page: its link opens the app in place of it, and nothing in it runs. */
    private static final String POLICY =
            "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    private final LocalMail mail;

    /** @param folder where the notifications function leaves it */
    public MailPage(Path folder) {
        this.mail = new LocalMail(folder);
    }

    public boolean owns(String path) {
        return path.equals(OUTBOX) || path.equals(PATH) || path.equals(JSON) || path.startsWith(PATH + "/");
    }

    public HttpReply answer(IncomingRequest request) {
        if (!isOwn(request)) {
            return HttpReply.json(404, "{\"message\":\"Not Found\"}");
        }
        if (!request.method().equals("GET")) {
            return HttpReply.json(405, "{\"message\":\"Method Not Allowed\"}").with("Allow", "GET");
        }
        if (request.path().equals(JSON)) {
            return secured(HttpReply.json(200, json(to(request.rawQuery())).toString()));
        }
        if (request.path().equals(OUTBOX) || request.path().equals(PATH)) {
            return html(MailHtml.list(mail.all()));
        }
        String[] parts = request.path().substring(PATH.length() + 1).split("/", 2);
        Optional<Mail> found = mail.find(parts[0]);
        if (found.isEmpty()) {
            return HttpReply.json(404, "{\"message\":\"There is no such mail\"}");
        }
        return switch (parts.length == 1 ? "" : parts[1]) {
            case "" -> html(MailHtml.page(found.get()));
            case "html" -> html(found.get().text("html"));
            case "source" -> typed("text/plain; charset=utf-8", found.get().text("source"));
            default -> HttpReply.json(404, "{\"message\":\"Not Found\"}");
        };
    }

    /** Whoever reaches this port from elsewhere, or by a name that somebody else chose, is not shown codes. */
    private static boolean isOwn(IncomingRequest request) {
        String host = request.header("Host").orElse("").replaceFirst(":\\d+$", "");
        return OWN_ADDRESSES.contains(request.sourceIp()) && OWN_NAMES.contains(host);
    }

    private static Optional<String> to(String query) {
        return Arrays.stream(query.split("&"))
                .filter(pair -> pair.startsWith("to="))
                .map(pair -> URLDecoder.decode(pair.substring(3), StandardCharsets.UTF_8))
                .findFirst();
    }

    private ArrayNode json(Optional<String> address) {
        ArrayNode list = EventJson.MAPPER.createArrayNode();
        mail.all().stream().filter(each -> address.map(each::isTo).orElse(true)).forEach(each -> {
            ObjectNode entry = list.addObject();
            entry.put("id", each.id());
            for (String name : List.of("at", "type", "address", "name", "subject", "text", "calendar")) {
                if (each.content().has(name)) {
                    entry.put(name, each.text(name));
                }
            }
            ArrayNode links = entry.putArray("links");
            MailHtml.links(each.text("text")).stream().map(URI::toString).forEach(links::add);
        });
        return list;
    }

    private static HttpReply html(String content) {
        return typed("text/html; charset=utf-8", content);
    }

    private static HttpReply typed(String type, String content) {
        var headers = new LinkedHashMap<String, List<String>>();
        headers.put("Content-Type", List.of(type));
        return secured(new HttpReply(200, headers, content.getBytes(StandardCharsets.UTF_8)));
    }

    private static HttpReply secured(HttpReply reply) {
        return reply.with("Content-Security-Policy", POLICY)
                .with("Cache-Control", "no-store")
                .with("Referrer-Policy", "no-referrer")
                .with("X-Content-Type-Options", "nosniff");
    }
}
