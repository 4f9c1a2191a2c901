package dev.esteira.server;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.encoder.JsonEncoder;
import ch.qos.logback.classic.encoder.PatternLayoutEncoder;
import ch.qos.logback.classic.filter.ThresholdFilter;
import ch.qos.logback.classic.spi.Configurator;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.Appender;
import ch.qos.logback.core.ConsoleAppender;
import ch.qos.logback.core.filter.Filter;
import ch.qos.logback.core.rolling.FixedWindowRollingPolicy;
import ch.qos.logback.core.rolling.RollingFileAppender;
import ch.qos.logback.core.rolling.SizeBasedTriggeringPolicy;
import ch.qos.logback.core.spi.ContextAwareBase;
import ch.qos.logback.core.spi.FilterReply;
import ch.qos.logback.core.util.FileSize;
import java.nio.file.Path;
import org.slf4j.LoggerFactory;

/**
 * Where log lines go: warnings to the terminal for people, everything from INFO up as JSON lines to a file in the data
 * directory, four files of 16 MiB at most. Found by the logging library at its start.
 */
public final class ServerLogs extends ContextAwareBase implements Configurator {

    private static final long FILE_BYTES = 16L << 20;
    private static final int OLDER_FILES = 3;

    @Override
    public ExecutionStatus configure(LoggerContext logs) {
        var root = logs.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
        root.setLevel(Level.INFO);
        var encoder = new PatternLayoutEncoder();
        encoder.setContext(logs);
        encoder.setPattern("%level: %msg%n%nopex");
        encoder.start();
        var terminal = new ConsoleAppender<ILoggingEvent>();
        terminal.setContext(logs);
        terminal.setName("terminal");
        terminal.setTarget("System.err");
        terminal.setEncoder(encoder);
        filter(terminal, Level.WARN);
        terminal.start();
        root.addAppender(terminal);
        return ExecutionStatus.DO_NOT_INVOKE_NEXT_IF_ANY;
    }

    private static void filter(Appender<ILoggingEvent> terminal, Level least) {
        var threshold = new ThresholdFilter();
        threshold.setLevel(least.toString());
        threshold.start();
        terminal.clearAllFilters();
        terminal.addFilter(threshold);
        terminal.addFilter(new OwnLines());
    }

    /** Leaves warnings to the file: the command around an embedded server says itself what was answered to it. */
    static void errorsOnTerminal() {
        var logs = (LoggerContext) LoggerFactory.getILoggerFactory();
        var terminal = logs.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME).getAppender("terminal");
        if (terminal != null) {
            filter(terminal, Level.ERROR);
        }
    }

    /** What libraries say of a start that failed is said by our own error, in a sentence; the file has theirs. */
    private static final class OwnLines extends Filter<ILoggingEvent> {

        @Override
        public FilterReply decide(ILoggingEvent event) {
            var name = event.getLoggerName();
            var foreign = name.startsWith("io.helidon.") || name.startsWith("org.flywaydb.");
            return foreign ? FilterReply.DENY : FilterReply.NEUTRAL;
        }
    }

    /** Begins to write the file. */
    static void writeTo(Path folder) {
        var logs = (LoggerContext) LoggerFactory.getILoggerFactory();
        var encoder = new JsonEncoder();
        encoder.setContext(logs);
        encoder.start();
        var file = new RollingFileAppender<ILoggingEvent>();
        file.setContext(logs);
        file.setName("file");
        file.setFile(folder.resolve("server.jsonl").toString());
        file.setEncoder(encoder);
        var trigger = new SizeBasedTriggeringPolicy<ILoggingEvent>();
        trigger.setContext(logs);
        trigger.setMaxFileSize(new FileSize(FILE_BYTES));
        trigger.start();
        file.setTriggeringPolicy(trigger);
        var rolling = new FixedWindowRollingPolicy();
        rolling.setContext(logs);
        rolling.setParent(file);
        rolling.setFileNamePattern(folder.resolve("server.%i.jsonl").toString());
        rolling.setMinIndex(1);
        rolling.setMaxIndex(OLDER_FILES);
        rolling.start();
        file.setRollingPolicy(rolling);
        file.start();
        logs.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME).addAppender(file);
    }

    /** Ends writing the file. */
    static void close() {
        var logs = (LoggerContext) LoggerFactory.getILoggerFactory();
        var root = logs.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
        var file = root.getAppender("file");
        if (file != null) {
            root.detachAppender(file);
            file.stop();
        }
    }
}
