package dev.parley.platform.lambda;

import java.util.Map;
import org.springframework.boot.SpringApplicationRunListener;
import org.springframework.boot.bootstrap.ConfigurableBootstrapContext;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.MapPropertySource;

/**
 * How Spring starts inside a function: it prints nothing, scans nothing, makes beans when they are needed and leaves the end of the
 * process alone. These values stand before everything that the surroundings may hold.
 */
public final class ShellDefaults implements SpringApplicationRunListener {
    private static final Map<String, Object> VALUES = Map.of(
            "spring.main.banner-mode", "off",
            "spring.main.log-startup-info", "false",
            "spring.main.lazy-initialization", "true",
            "spring.main.register-shutdown-hook", "false",
            "spring.cloud.function.scan.enabled", "false",
            "spring.cloud.function.definition", LambdaFunction.BEAN);

    @Override
    public void environmentPrepared(ConfigurableBootstrapContext bootstrap, ConfigurableEnvironment environment) {
        environment.getPropertySources().addFirst(new MapPropertySource("parleyShell", VALUES));
    }
}
