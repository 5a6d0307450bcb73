package dev.parley.peer;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Properties;

/** The demo's account: registered once, its name and password kept in the demo's folder; made anew after a reset. */
final class DemoHost {
    private static final int UNAUTHORIZED = 401;

    private final ParleyApi api;
    private final Path file;
    private final String nickname;

    DemoHost(ParleyApi api, Path folder, String nickname) {
        this.api = api;
        this.file = folder.resolve("host.properties");
        this.nickname = nickname;
    }

    /** An access token of the account. */
    String token() throws IOException, InterruptedException {
        Properties account = read();
        if (!account.isEmpty()) {
            try {
                return login(account);
            } catch (ApiFailure e) {
                if (e.status() != UNAUTHORIZED) {
                    throw e;
                }
            }
        }
        Properties fresh = register();
        return login(fresh);
    }

    private String login(Properties account) throws IOException, InterruptedException {
        return api.login(account.getProperty("username"), account.getProperty("password"));
    }

    private Properties register() throws IOException, InterruptedException {
        SecureRandom random = new SecureRandom();
        byte[] secret = new byte[16];
        random.nextBytes(secret);
        Properties account = new Properties();
        account.setProperty("username", "demo_" + HexFormat.of().toHexDigits(random.nextInt()));
        account.setProperty("password", "Dm-" + HexFormat.of().formatHex(secret));
        api.register(account.getProperty("username"), account.getProperty("password"), nickname);
        write(account);
        return account;
    }

    private Properties read() throws IOException {
        Properties account = new Properties();
        if (Files.exists(file)) {
            try (InputStream in = Files.newInputStream(file)) {
                account.load(in);
            }
        }
        return account;
    }

    private void write(Properties account) throws IOException {
        Files.createDirectories(file.getParent());
        Files.deleteIfExists(file);
        if (file.getFileSystem().supportedFileAttributeViews().contains("posix")) {
            Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        }
        try (OutputStream out = Files.newOutputStream(file)) {
            account.store(out, "The demo's account; deleted with the folder.");
        }
    }
}
