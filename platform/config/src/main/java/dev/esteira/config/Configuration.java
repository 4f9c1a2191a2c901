package dev.esteira.config;

import dev.esteira.kernel.EsteiraException;
import dev.esteira.kernel.NearestName;
import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The values of all keys: those of the file, else their defaults. Immutable. */
public final class Configuration {

    private final String source;
    private final Map<String, String> values;

    private Configuration(String source, Map<String, String> values) {
        this.source = source;
        this.values = Map.copyOf(values);
    }

    /**
     * Reads a properties file; one that is not there has no keys.
     *
     * @throws EsteiraException UNKNOWN_CONFIGURATION_KEY, MALFORMED_CONFIGURATION
     */
    public static Configuration read(Path file, List<ConfigKey> keys) {
        var properties = new Properties();
        try {
            properties.load(new StringReader(Files.readString(file)));
        } catch (NoSuchFileException e) {
            return new Configuration(file.toString(), defaults(keys));
        } catch (IOException | IllegalArgumentException e) {
            throw new EsteiraException(
                    ConfigErrorCode.MALFORMED_CONFIGURATION,
                    "The configuration file " + file + " cannot be read: " + e.getMessage() + ".",
                    "Write lines of the form key = value in UTF-8.",
                    e);
        }
        var values = defaults(keys);
        for (var name : properties.stringPropertyNames()) {
            if (!values.containsKey(name)) {
                throw unknown(file, name, values.keySet());
            }
            values.put(name, properties.getProperty(name).strip());
        }
        return new Configuration(file.toString(), values);
    }

    private static Map<String, String> defaults(List<ConfigKey> keys) {
        var values = new LinkedHashMap<String, String>();
        keys.forEach(key -> values.put(key.name(), key.otherwise()));
        return values;
    }

    private static EsteiraException unknown(Path file, String name, Set<String> known) {
        var remedy = NearestName.of(name, known)
                .map(nearest -> "Did you mean '" + nearest + "'?")
                .orElse("The keys are " + known.stream().sorted().collect(Collectors.joining(", ")) + ".");
        return new EsteiraException(
                ConfigErrorCode.UNKNOWN_CONFIGURATION_KEY,
                "The configuration file " + file + " has the key '" + name + "', which nothing knows.",
                remedy);
    }

    /** The text of a key. */
    public String text(ConfigKey key) {
        var value = values.get(key.name());
        if (value == null) {
            throw new IllegalArgumentException("The key " + key.name() + " was not among those that were read");
        }
        return value;
    }

    /** The parts of a text between commas, none for an empty one. */
    public Set<String> names(ConfigKey key) {
        return Arrays.stream(text(key).split(","))
                .map(String::strip)
                .filter(part -> !part.isEmpty())
                .collect(Collectors.toUnmodifiableSet());
    }

    /**
     * A value that is read, e.g. by {@code Quantity::bytes}.
     *
     * @param what it must be, for the error, e.g. {@code a size such as 512MiB}
     * @throws EsteiraException MALFORMED_CONFIGURATION when the reader refuses the text
     */
    public <T> T value(ConfigKey key, String what, Function<String, T> reader) {
        var text = text(key);
        try {
            return reader.apply(text);
        } catch (IllegalArgumentException | EsteiraException e) {
            throw new EsteiraException(
                    ConfigErrorCode.MALFORMED_CONFIGURATION,
                    "The key '" + key.name() + "' in " + source + " is '" + text + "', not " + what + ".",
                    key.documentation(),
                    e);
        }
    }
}
