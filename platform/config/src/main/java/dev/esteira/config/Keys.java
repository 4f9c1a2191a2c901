package dev.esteira.config;

import dev.esteira.kernel.EsteiraException;
import dev.esteira.kernel.NearestName;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** All keys of a program, and those that earlier versions knew. Immutable and thread-safe. */
public final class Keys {

    private final Map<String, Key<?>> known;
    private final Map<String, String> renamed;
    private final Map<String, String> removed;

    private Keys(Map<String, Key<?>> known, Map<String, String> renamed, Map<String, String> removed) {
        this.known = known;
        this.renamed = Map.copyOf(renamed);
        this.removed = Map.copyOf(removed);
    }

    /**
     * These keys.
     *
     * @throws IllegalArgumentException when a name is declared twice or a default cannot be read
     */
    public static Keys of(List<Key<?>> keys) {
        var known = new TreeMap<String, Key<?>>();
        for (var key : keys) {
            if (known.put(key.name(), key) != null) {
                throw new IllegalArgumentException("The key " + key.name() + " is declared twice");
            }
            if (key.standard().map(key.reader()).isEmpty() && key.standard().isPresent()) {
                throw new IllegalArgumentException("The default of " + key.name() + " cannot be read");
            }
        }
        return new Keys(known, Map.of(), Map.of());
    }

    /** The same with a key that had another name before. */
    public Keys renamed(String former, String name) {
        var more = new LinkedHashMap<>(renamed);
        more.put(former, name);
        return new Keys(known, more, removed);
    }

    /** The same with a key that is gone, and what to do instead, one sentence. */
    public Keys removed(String former, String advice) {
        var more = new LinkedHashMap<>(removed);
        more.put(former, advice);
        return new Keys(known, renamed, more);
    }

    /** The keys in the order of their names. */
    public List<Key<?>> all() {
        return List.copyOf(known.values());
    }

    /** The page about all keys for {@code docs/reference/configuration.md}. */
    public String reference() {
        return known.values().stream().map(Keys::line).collect(Collectors.joining("\n", """
                        # Configuration

                        Generated from the code. A key is set by a flag (`--http-port 5001`), an environment variable \
                        (`ESTEIRA_HTTP_PORT=5001`) or a line of `esteira.properties` in the data directory \
                        (`http-port = 5001`); the first of these wins. A key that does not exist stops the start.

                        | key | environment | value | default | what it does |
                        |---|---|---|---|---|
                        """, "\n"));
    }

    /**
     * Refuses a name that is no key.
     *
     * @param where e.g. {@code esteira.properties:12}
     */
    void check(String name, String where) {
        if (known.containsKey(name)) {
            return;
        }
        if (renamed.containsKey(name)) {
            throw new EsteiraException(
                    ConfigErrorCode.REMOVED_CONFIGURATION_KEY,
                    "The key '" + name + "' in " + where + " has another name now.",
                    "Write '" + renamed.get(name) + "' instead.");
        }
        if (removed.containsKey(name)) {
            throw new EsteiraException(
                    ConfigErrorCode.REMOVED_CONFIGURATION_KEY,
                    "The key '" + name + "' in " + where + " no longer exists.",
                    String.valueOf(removed.get(name)));
        }
        throw new EsteiraException(
                ConfigErrorCode.UNKNOWN_CONFIGURATION_KEY,
                "'" + name + "' in " + where + " is no configuration key.",
                NearestName.of(name, known.keySet())
                        .map(near -> "Did you mean '" + near + "'?")
                        .orElse("Remove it, or look in the configuration reference for the right name."));
    }

    boolean has(Key<?> key) {
        return key.equals(known.get(key.name()));
    }

    private static String line(Key<?> key) {
        var standard = key.secret()
                ? "(secret)"
                : key.standard().map(text -> "`" + text + "`").orElse("");
        return "| `" + key.name() + "` | `" + key.variable() + "` | " + key.kind() + " | "
                + (standard.equals("``") ? "(empty)" : standard) + " | " + key.documentation() + " |";
    }
}
