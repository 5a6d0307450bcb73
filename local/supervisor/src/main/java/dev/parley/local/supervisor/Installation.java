package dev.parley.local.supervisor;

import java.nio.file.Path;

/**
 * Where things are.
 *
 * @param root of the checkout
 * @param data folder of everything that is kept or logged
 */
record Installation(Path root, Path data) {
    static Installation of(Path root) {
        Path absolute = root.toAbsolutePath().normalize();
        return new Installation(absolute, absolute.resolve(".parley"));
    }

    Path log(String name) {
        return data.resolve("logs").resolve(name + ".log");
    }

    /** Written by the supervisor once everything is ready. */
    RunFile upFile() {
        return new RunFile(data.resolve("run/up.json"));
    }

    Path controlFile() {
        return data.resolve("run/control.json");
    }

    /** The java that runs this. */
    static String java() {
        return Path.of(System.getProperty("java.home"), "bin", "java").toString();
    }
}
