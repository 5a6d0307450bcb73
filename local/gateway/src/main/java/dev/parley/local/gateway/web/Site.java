package dev.parley.local.gateway.web;

import java.nio.file.Path;

/**
 * What browsers read that no function answers.
 *
 * @param app folder of the built web app, with {@code index.html} at its top
 * @param objects folder of objects, of which those under {@code avatars/} are read at {@code /avatars/}
 */
public record Site(Path app, Path objects) {}
