package dev.parley.local.gateway.template;

/**
 * One method of the REST API.
 *
 * @param name the event's name in the template
 * @param method an HTTP method, or {@code ANY}
 * @param path with {@code {name}} and {@code {name+}} parts
 * @param function logical id of the function that answers
 */
public record RestRoute(String name, String method, String path, String function) {}
