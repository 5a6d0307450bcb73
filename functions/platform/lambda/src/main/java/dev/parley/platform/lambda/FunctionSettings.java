package dev.parley.platform.lambda;

import dev.parley.kernel.Settings;
import dev.parley.kernel.SettingsException;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;

/**
 * Where a function's settings come from: {@value #RESOURCE} on its own class path if it is there, as it is where several functions share
 * a process; else the process environment, as on AWS Lambda. Nothing else of a function reads the environment.
 */
public final class FunctionSettings {
    static final String RESOURCE = "parley-settings.properties";

    private FunctionSettings() {}

    /** For a command that comes with a function, too. @param loader of the function's classes */
    public static Settings load(ClassLoader loader) {
        try (InputStream resource = loader.getResourceAsStream(RESOURCE)) {
            if (resource == null) {
                return Settings.of(System.getenv());
            }
            Properties properties = new Properties();
            properties.load(new InputStreamReader(resource, StandardCharsets.UTF_8));
            Map<String, String> values = new HashMap<>();
            properties.stringPropertyNames().forEach(key -> values.put(key, properties.getProperty(key)));
            return Settings.of(values);
        } catch (IOException e) {
            throw new SettingsException(RESOURCE + " cannot be read", e);
        }
    }
}
