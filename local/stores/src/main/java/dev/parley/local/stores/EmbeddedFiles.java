package dev.parley.local.stores;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.gaul.s3proxy.CrossOriginResourceSharing;
import org.gaul.s3proxy.S3Proxy;
import org.gaul.s3proxy.auth.AuthenticationType;
import org.gaul.s3proxy.nio2blob.FilesystemNio2BlobStore;

/**
 * An S3 server inside this JVM, on loopback only: s3proxy over a folder, in which every bucket is a folder and every object a file. It verifies what AWS
 * does of what Parley relies on, as {@code LargeObjectsTest} holds: signatures and their expiry, the signed size, range and SHA-256 of a part, the parts of
 * an upload that is finished. Unlike AWS it takes parts below 5 MiB and parts of an upload that was abandoned, which it keeps out of sight, and finishes
 * an upload by copying its parts, which takes as long as the disk needs.
 */
final class EmbeddedFiles implements AutoCloseable {
    /** For requests that are under way; a transfer that takes longer is cut, and goes on after the next start. */
    private static final long STOP_MILLIS = 5_000;

    private static final String ACCESS_KEY = "local";
    private static final String SECRET_KEY = "local";
    /** Pages of this machine, whatever their port: who may read or write what says the address that was signed. */
    private static final List<String> ORIGINS = List.of("https?://(localhost|127\\.0\\.0\\.1)(:[0-9]+)?");

    private static final List<String> METHODS = List.of("GET", "HEAD", "PUT");
    private static final List<String> ANY_HEADER = List.of("*");
    private static final List<String> READABLE = List.of("ETag", "Content-Range", "Content-Length", "Accept-Ranges");

    private final S3Proxy server;
    private final Path folder;

    private EmbeddedFiles(S3Proxy server, Path folder) {
        this.server = server;
        this.folder = folder;
    }

    /** @param port 0 takes a free one */
    static EmbeddedFiles start(Path folder, int port) {
        try {
            Files.createDirectories(folder);
            S3Proxy server = S3Proxy.builder()
                    .blobStore(new FilesystemNio2BlobStore(folder.toString()))
                    .endpoint(URI.create("http://127.0.0.1:" + port))
                    .awsAuthentication(AuthenticationType.AWS_V4, ACCESS_KEY, SECRET_KEY)
                    .ignoreUnknownHeaders(true)
                    .corsRules(new CrossOriginResourceSharing(ORIGINS, METHODS, ANY_HEADER, READABLE, ""))
                    .stopTimeout(STOP_MILLIS)
                    .build();
            server.start();
            return new EmbeddedFiles(server, folder);
        } catch (Exception e) {
            throw new StoresException("The S3 server did not start on port " + port, e);
        }
    }

    /** Makes a bucket, if there is none of that name, and says how it is used. */
    FilesInUse bucket(String name) {
        try {
            Files.createDirectories(folder.resolve(name));
        } catch (IOException e) {
            throw new StoresException("Bucket " + name + " cannot be made in " + folder, e);
        }
        return new FilesInUse(
                name,
                URI.create("http://127.0.0.1:" + server.getPort()),
                URI.create("http://localhost:" + server.getPort()),
                ACCESS_KEY,
                SECRET_KEY);
    }

    @Override
    public void close() {
        try {
            server.stop();
        } catch (Exception e) {
            throw new StoresException("The S3 server did not stop", e);
        }
    }
}
