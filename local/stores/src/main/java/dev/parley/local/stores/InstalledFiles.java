package dev.parley.local.stores;

import java.util.Optional;

/** The bucket of large files of an installation, with the server that it started for it, or without. */
record InstalledFiles(FilesInUse inUse, Optional<EmbeddedFiles> server) implements AutoCloseable {
    private static final String BUCKET = "parley-files";

    static InstalledFiles start(StoresOptions options) {
        if (options.filesElsewhere().isPresent()) {
            return new InstalledFiles(options.filesElsewhere().get().check(), Optional.empty());
        }
        EmbeddedFiles server = EmbeddedFiles.start(options.folder().resolve("files"), options.filesPort());
        return new InstalledFiles(server.bucket(BUCKET), Optional.of(server));
    }

    @Override
    public void close() {
        server.ifPresent(EmbeddedFiles::close);
    }
}
