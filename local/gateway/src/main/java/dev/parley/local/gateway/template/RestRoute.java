package dev.parley.local.gateway.template;

/**
 * One method of the REST API.
 *
 * @param method an HTTP method, or {@code ANY}
 * @param path with {@code {name}} and {@code {name+}} parts
 * @param function logical id of the function that answers
 */
public record RestRoute(String method, String path, String function) {}
