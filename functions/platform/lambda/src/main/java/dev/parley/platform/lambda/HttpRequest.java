package dev.parley.platform.lambda;

import dev.parley.contracts.Wire;
import dev.parley.contracts.WireException;
import dev.parley.kernel.Actor;
import dev.parley.kernel.Errors;
import dev.parley.kernel.Principal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * A REST request, as a route's handler sees it. Immutable, except that the body's bytes are not copied.
 *
 * @param method upper case
 * @param path as the client wrote it, with the API's prefix and without the stage
 * @param pathParameters by the names of the route's pattern, decoded
 * @param query all values by name, decoded
 * @param headers all values by lower-case name
 * @param body empty when there is none
 * @param caller who is calling; empty on open routes
 * @param requestId the gateway's id of this request, which the reply and the log repeat
 * @param sourceIp the client's address as the gateway saw it
 */
public record HttpRequest(
        String method,
        String path,
        Map<String, String> pathParameters,
        Map<String, List<String>> query,
        Map<String, List<String>> headers,
        byte[] body,
        Optional<Principal> caller,
        String requestId,
        String sourceIp) {
    public HttpRequest {
        Objects.requireNonNull(method);
        Objects.requireNonNull(path);
        Objects.requireNonNull(body);
        Objects.requireNonNull(requestId);
        Objects.requireNonNull(sourceIp);
    }

    /** Who is calling. On a route that is not open there always is somebody. */
    public Principal principal() {
        return caller.orElseThrow(Errors.TOKEN_MISSING::exception);
    }

    /** Who is calling, as the audit log names them. */
    public Actor actor() {
        return Actor.of(principal(), sourceIp, requestId);
    }

    /** The first value of a header. @param name in any case */
    public Optional<String> header(String name) {
        return headers.getOrDefault(name.toLowerCase(Locale.ROOT), List.of()).stream()
                .findFirst();
    }

    /** The first value of a query parameter, when it is there and not empty. */
    public Optional<String> queryParameter(String name) {
        return query.getOrDefault(name, List.of()).stream()
                .filter(value -> !value.isEmpty())
                .findFirst();
    }

    /** A whole number in the query. @throws dev.parley.kernel.ApiException 400 when it is no number or out of range */
    public int queryInteger(String name, int fallback, int smallest, int largest) {
        Optional<String> value = queryParameter(name);
        if (value.isEmpty()) {
            return fallback;
        }
        try {
            int number = Integer.parseInt(value.get());
            if (number >= smallest && number <= largest) {
                return number;
            }
        } catch (NumberFormatException e) {
            // Answered below, like a number out of range.
        }
        throw Errors.invalid(name, name + " must be a whole number from " + smallest + " to " + largest);
    }

    /** A part of the path, by its name in the route's pattern. */
    public String pathParameter(String name) {
        String value = pathParameters.get(name);
        if (value == null) {
            throw new IllegalArgumentException("The route has no {" + name + "}");
        }
        return value;
    }

    /**
     * The body as a record.
     *
     * @throws dev.parley.kernel.ApiException 400 {@code request.unreadable} or {@code request.invalid} with the field, 415 when it is not
     *     sent as JSON
     */
    public <T> T body(Class<T> type) {
        if (body.length == 0) {
            throw Errors.REQUEST_UNREADABLE.exception("The request needs a JSON body.");
        }
        String mediaType = header("content-type").orElse("");
        if (!mediaType.strip().toLowerCase(Locale.ROOT).startsWith("application/json")) {
            throw Errors.MEDIA_TYPE.exception();
        }
        try {
            return Wire.read(body, type);
        } catch (WireException e) {
            throw e.field().isEmpty()
                    ? Errors.REQUEST_UNREADABLE.exception()
                    : Errors.invalid(e.field(), e.getMessage());
        }
    }

    /** As {@link #body}, but a request without a body is empty. */
    public <T> Optional<T> optionalBody(Class<T> type) {
        return body.length == 0 ? Optional.empty() : Optional.of(body(type));
    }

    /** A cookie's value, as it was sent. */
    public Optional<String> cookie(String name) {
        return Optional.ofNullable(cookies().get(name));
    }

    /** The cookies by name; of several with one name the first counts. */
    public Map<String, String> cookies() {
        Map<String, String> cookies = new LinkedHashMap<>();
        for (String line : headers.getOrDefault("cookie", List.of())) {
            for (String pair : line.split(";")) {
                int equals = pair.indexOf('=');
                if (equals > 0) {
                    cookies.putIfAbsent(
                            pair.substring(0, equals).strip(),
                            pair.substring(equals + 1).strip());
                }
            }
        }
        return cookies;
    }

    HttpRequest with(Map<String, String> parameters, Optional<Principal> principal) {
        return new HttpRequest(
                method, path, Map.copyOf(parameters), query, headers, body, principal, requestId, sourceIp);
    }
}
