package dev.parley.local.gateway.web;

import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;

/**
 * What browsers read that no function answers.
 *
 * @param app folder of the built web app, with {@code index.html} at its top
 * @param objects folder of objects, of which those under {@code avatars/} are read at {@code /avatars/}
 * @param files the S3 server that pages send large files to and read them from
 */
public record Site(Path app, Path objects, Optional<URI> files) {}
