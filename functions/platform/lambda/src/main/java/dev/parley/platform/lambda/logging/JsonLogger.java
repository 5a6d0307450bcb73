package dev.parley.platform.lambda.logging;

import dev.parley.platform.lambda.JsonLog;
import java.time.InstantSource;
import org.slf4j.Marker;
import org.slf4j.event.Level;
import org.slf4j.helpers.LegacyAbstractLogger;
import org.slf4j.helpers.MessageFormatter;

/** A library's logger: warnings and errors become lines of JSON, the rest is not even formatted. */
final class JsonLogger extends LegacyAbstractLogger {
    /** Made with the first line: a function that starts has none, and what writes JSON takes its time to load. */
    private static final class Lines {
        static final JsonLog LOG = JsonLog.standard("library", InstantSource.system());
    }

    JsonLogger(String name) {
        this.name = name;
    }

    @Override
    protected void handleNormalizedLoggingCall(
            Level level, Marker marker, String pattern, Object[] arguments, Throwable cause) {
        String message = MessageFormatter.basicArrayFormat(pattern, arguments);
        Lines.LOG.library(level == Level.ERROR, name, message, cause);
    }

    @Override
    protected String getFullyQualifiedCallerName() {
        return null;
    }

    @Override
    public boolean isTraceEnabled() {
        return false;
    }

    @Override
    public boolean isDebugEnabled() {
        return false;
    }

    @Override
    public boolean isInfoEnabled() {
        return false;
    }

    @Override
    public boolean isWarnEnabled() {
        return true;
    }

    @Override
    public boolean isErrorEnabled() {
        return true;
    }
}
