package dev.parley.contracts.files;

import java.util.List;

/** What a device needs to fetch a file piece by piece and to know each piece for right. */
public record FileManifest(
        String fileId,
        String name,
        long size,
        String sha256,
        String type,
        String risk,
        int chunkSize,
        List<String> chunks) {}
