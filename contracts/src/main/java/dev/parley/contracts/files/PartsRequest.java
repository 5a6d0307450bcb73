package dev.parley.contracts.files;

import java.util.List;

/** {@code POST /files/:id/parts}: of which parts addresses are wanted; absent for the first that are missing. */
public record PartsRequest(List<Integer> parts) {}
