package dev.esteira.config;

import dev.esteira.kernel.EsteiraException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The values of configuration keys: from a flag, else an environment variable, else the file in the data directory,
 * else the key's default. Every name was known and every value readable when it was made. Immutable and thread-safe.
 * Services take the values, not this.
 */
public final class Configuration {

    static final String VARIABLE_PREFIX = "ESTEIRA_";

    /** Set for the launcher and the command line; not keys. */
    private static final Set<String> RESERVED = Set.of(
            "ESTEIRA_HOME",
            "ESTEIRA_JAVA_OPTIONS",
            "ESTEIRA_JAVA_RELEASE",
            "ESTEIRA_JDK_PLACES",
            "ESTEIRA_ROOT",
            "ESTEIRA_TOKEN",
            "ESTEIRA_URL",
            "ESTEIRA_WORKSPACE");

    private record Setting(String text, String where) {}

    private final Keys keys;
    private final Map<String, Setting> settings;

    private Configuration(Keys keys, Map<String, Setting> settings) {
        this.keys = keys;
        this.settings = settings;
    }

    /**
     * Reads all sources and checks them.
     *
     * @param flags values by key name, as given on the command line
     * @param environment all variables; those that begin with {@code ESTEIRA_} are ours
     * @param file lines {@code key = value} and comments that begin with {@code #}; need not exist
     * @throws EsteiraException UNKNOWN_CONFIGURATION_KEY, REMOVED_CONFIGURATION_KEY, MALFORMED_CONFIGURATION
     */
    public static Configuration read(Keys keys, Map<String, String> flags, Map<String, String> environment, Path file) {
        var settings = new HashMap<String, Setting>();
        settings.putAll(fileSettings(file));
        settings.putAll(variables(keys, environment));
        flags.forEach((name, text) -> settings.put(name, new Setting(text, "the flag --" + name)));
        for (var setting : settings.entrySet()) {
            keys.check(setting.getKey(), setting.getValue().where());
        }
        var configuration = new Configuration(keys, settings);
        keys.all().forEach(configuration::find);
        return configuration;
    }

    /**
     * The value of a key.
     *
     * @throws EsteiraException MISSING_CONFIGURATION when it is not set and has no default
     */
    public <T> T value(Key<T> key) {
        return find(key)
                .orElseThrow(() -> new EsteiraException(
                        ConfigErrorCode.MISSING_CONFIGURATION,
                        "The configuration key '" + key.name() + "' is not set.",
                        "Set it with --" + key.name() + ", " + key.variable() + " or in esteira.properties."));
    }

    /** The value of a key, empty when it is not set and has no default. */
    public <T> Optional<T> find(Key<T> key) {
        if (!keys.has(key)) {
            throw new IllegalArgumentException("The key " + key.name() + " is not among the declared ones");
        }
        var setting = settings.get(key.name());
        if (setting == null) {
            return key.standard().map(key.reader());
        }
        try {
            return Optional.of(key.reader().apply(setting.text()));
        } catch (EsteiraException e) {
            throw malformed(key, setting, e.explanation(), e.remedy().orElse(""));
        } catch (IllegalArgumentException e) {
            throw malformed(key, setting, String.valueOf(e.getMessage()), "Write a " + key.kind() + ".");
        }
    }

    /** The values that differ from the defaults, by key name, secrets left out; for the log of a start. */
    public Map<String, String> shown() {
        var shown = new LinkedHashMap<String, String>();
        for (var key : keys.all()) {
            var setting = settings.get(key.name());
            if (setting != null) {
                shown.put(key.name(), key.secret() ? "(secret)" : setting.text());
            }
        }
        return shown;
    }

    private static EsteiraException malformed(Key<?> key, Setting setting, String reason, String remedy) {
        var detail = key.secret() ? "its value cannot be read" : "'" + setting.text() + "': " + reason;
        return new EsteiraException(
                ConfigErrorCode.MALFORMED_CONFIGURATION,
                "The key '" + key.name() + "' in " + setting.where() + " is wrong, " + detail,
                remedy);
    }

    private static Map<String, Setting> variables(Keys keys, Map<String, String> environment) {
        var byVariable = new HashMap<String, String>();
        keys.all().forEach(key -> byVariable.put(key.variable(), key.name()));
        var settings = new HashMap<String, Setting>();
        environment.forEach((variable, text) -> {
            if (variable.startsWith(VARIABLE_PREFIX) && !RESERVED.contains(variable)) {
                var guessed = variable.substring(VARIABLE_PREFIX.length())
                        .toLowerCase(Locale.ROOT)
                        .replace('_', '-');
                settings.put(
                        byVariable.getOrDefault(variable, guessed),
                        new Setting(text, "the environment variable " + variable));
            }
        });
        return settings;
    }

    private static Map<String, Setting> fileSettings(Path file) {
        var settings = new HashMap<String, Setting>();
        var number = 0;
        for (var line : lines(file)) {
            number++;
            var text = line.strip();
            if (text.isEmpty() || text.startsWith("#")) {
                continue;
            }
            var where = file.getFileName() + ":" + number;
            var equals = text.indexOf('=');
            if (equals <= 0) {
                throw malformedLine(where, "is no line 'key = value'", "Write it so, or begin it with # as a comment.");
            }
            var name = text.substring(0, equals).strip();
            var value = new Setting(text.substring(equals + 1).strip(), where);
            if (settings.put(name, value) != null) {
                throw malformedLine(where, "sets '" + name + "' a second time", "Keep one of the two lines.");
            }
        }
        return settings;
    }

    private static EsteiraException malformedLine(String where, String what, String remedy) {
        return new EsteiraException(ConfigErrorCode.MALFORMED_CONFIGURATION, where + " " + what + ".", remedy);
    }

    private static List<String> lines(Path file) {
        try {
            return Files.readAllLines(file, StandardCharsets.UTF_8);
        } catch (NoSuchFileException e) {
            return List.of();
        } catch (IOException e) {
            throw new EsteiraException(
                    ConfigErrorCode.MALFORMED_CONFIGURATION,
                    "The configuration file " + file + " cannot be read as UTF-8 text.",
                    "Make it readable for the user who runs Esteira, in UTF-8.",
                    e);
        }
    }
}
