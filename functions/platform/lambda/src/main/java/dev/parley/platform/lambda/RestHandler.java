package dev.parley.platform.lambda;

/** Answers the requests of one route. Thread-safe. */
@FunctionalInterface
public interface RestHandler {
    /** @throws dev.parley.kernel.ApiException to answer with an error */
    HttpResponse handle(HttpRequest request);
}
