package dev.esteira.tracking;

import dev.esteira.kernel.Digest;
import dev.esteira.kernel.EsteiraException;
import dev.esteira.kernel.Limit;
import java.util.HashSet;
import java.util.List;
import java.util.regex.Pattern;

/** The limits and forms of names and values, after MLflow's. Pure. */
public final class TrackingRules {

    /** The longest key of a metric, param or tag, in characters. */
    @Limit(value = "The key of a metric, param or tag.", unit = "characters")
    public static final int KEY_LENGTH = 250;

    /** The longest value of a param; longer ones are cut, as MLflow does. */
    @Limit(value = "The value of a param; longer ones are cut, as MLflow does.", unit = "characters")
    public static final int PARAM_LENGTH = 6000;

    /** The longest value of a run's tag; longer ones are cut, as MLflow does. */
    @Limit(value = "The value of a run's tag; longer ones are cut, as MLflow does.", unit = "characters")
    public static final int TAG_LENGTH = 8000;

    /** The longest value of an experiment's tag. */
    @Limit(value = "The value of an experiment's tag.", unit = "characters")
    public static final int EXPERIMENT_TAG_LENGTH = 5000;

    /** The longest name of an experiment. */
    @Limit(value = "The name of an experiment.", unit = "characters")
    public static final int EXPERIMENT_NAME_LENGTH = 500;

    /** The longest artifact location. */
    @Limit(value = "The artifact location of an experiment.", unit = "characters")
    public static final int LOCATION_LENGTH = 2048;

    /** The most metrics of a batch, and the most things of a batch in all. */
    @Limit(value = "Metrics of a batch, and everything of a batch together.", unit = "items")
    public static final int BATCH_METRICS = 1000;

    /** The most params, and the most tags, of a batch. */
    @Limit(value = "Params of a batch, and tags of a batch.", unit = "items")
    public static final int BATCH_PARAMS = 100;

    private static final Pattern KEY = Pattern.compile("[\\w/.\\- :]+", Pattern.UNICODE_CHARACTER_CLASS);
    private static final Pattern RUN_ID = Pattern.compile("[A-Za-z0-9][A-Za-z0-9_-]{0,255}");
    private static final Pattern LOCATION_SCHEME = Pattern.compile("[A-Za-z][A-Za-z0-9+.-]*:.*", Pattern.DOTALL);
    private static final List<String> ADJECTIVES = List.of(
            "agile", "amber", "brave", "bright", "calm", "clever", "crisp", "eager", "fair", "fresh", "gentle",
            "golden", "keen", "lively", "lucid", "merry", "noble", "quick", "quiet", "rapid", "sharp", "silent",
            "sincere", "smooth", "steady", "sunny", "swift", "tidy", "vivid", "warm", "wise", "young");
    private static final List<String> NOUNS = List.of(
            "ant", "bear", "bee", "bird", "boa", "calf", "carp", "cat", "crab", "crane", "deer", "dove", "duck", "elk",
            "fawn", "finch", "fish", "fox", "frog", "goat", "hare", "hawk", "heron", "ibis", "lynx", "mole", "moth",
            "otter", "owl", "seal", "toad", "wren");

    private TrackingRules() {}

    /** An error of the caller. */
    public static EsteiraException invalid(String message) {
        return new EsteiraException(TrackingErrorCode.INVALID_PARAMETER_VALUE, message, "");
    }

    /** An error about something that is not there. */
    public static EsteiraException missing(String message) {
        return new EsteiraException(TrackingErrorCode.RESOURCE_DOES_NOT_EXIST, message, "");
    }

    /** An error about a name that is taken. */
    public static EsteiraException taken(String message) {
        return new EsteiraException(TrackingErrorCode.RESOURCE_ALREADY_EXISTS, message, "");
    }

    /** The key of a metric, param or tag, when it is one. */
    public static String key(String what, String key) {
        if (key.isEmpty()) {
            throw invalid("A " + what + " has an empty key.");
        }
        if (key.length() > KEY_LENGTH) {
            throw invalid(
                    "The key of a " + what + " has " + key.length() + " characters, more than " + KEY_LENGTH + ".");
        }
        if (!KEY.matcher(key).matches()) {
            throw invalid("The key '" + key + "' of a " + what + " has characters other than letters, digits, '_', '/',"
                    + " '.', '-', ':' and spaces.");
        }
        if (!plainPath(key)) {
            throw invalid("The key '" + key + "' of a " + what
                    + " is not a plain path: no '..', '.', '//', or slash at an" + " end.");
        }
        return key;
    }

    private static boolean plainPath(String key) {
        for (var part : key.split("/", -1)) {
            if (part.isEmpty() || part.equals(".") || part.equals("..")) {
                return false;
            }
        }
        return true;
    }

    /** A value that may not be longer than a limit. */
    public static String atMost(String what, String value, int limit) {
        if (value.length() > limit) {
            throw invalid(what + " has " + value.length() + " characters, more than " + limit + ".");
        }
        return value;
    }

    /** A value without its part beyond a limit; never half of a surrogate pair. */
    static String cut(String value, int limit) {
        if (value.length() <= limit) {
            return value;
        }
        return value.substring(0, Character.isHighSurrogate(value.charAt(limit - 1)) ? limit - 1 : limit);
    }

    static Metric metric(Metric metric) {
        key("metric", metric.key());
        if (metric.loggedMillis() < 0) {
            throw invalid(
                    "The metric '" + metric.key() + "' has the timestamp " + metric.loggedMillis() + ", before 1970.");
        }
        return metric;
    }

    static Param param(Param param) {
        return new Param(key("param", param.key()), text("param", param.key(), cut(param.value(), PARAM_LENGTH)));
    }

    static Tag tag(Tag tag) {
        return new Tag(key("tag", tag.key()), text("tag", tag.key(), cut(tag.value(), TAG_LENGTH)));
    }

    /** A tag of an experiment. */
    static Tag experimentTag(Tag tag) {
        var value = atMost("The value of the tag '" + tag.key() + "'", tag.value(), EXPERIMENT_TAG_LENGTH);
        return new Tag(key("tag", tag.key()), text("tag", tag.key(), value));
    }

    /** A text that every database can keep. */
    public static String text(String what, String key, String value) {
        if (value.indexOf('\0') >= 0) {
            throw invalid("The " + what + " '" + key + "' holds a NUL character.");
        }
        return value;
    }

    /** What is logged together, checked and brought into form. */
    static Logged logged(Logged logged) {
        if (logged.metrics().size() > BATCH_METRICS) {
            throw invalid("A batch has " + logged.metrics().size() + " metrics, more than " + BATCH_METRICS + ".");
        }
        if (logged.params().size() > BATCH_PARAMS) {
            throw invalid("A batch has " + logged.params().size() + " params, more than " + BATCH_PARAMS + ".");
        }
        if (logged.tags().size() > BATCH_PARAMS) {
            throw invalid("A batch has " + logged.tags().size() + " tags, more than " + BATCH_PARAMS + ".");
        }
        var all =
                logged.metrics().size() + logged.params().size() + logged.tags().size();
        if (all > BATCH_METRICS) {
            throw invalid("A batch has " + all + " metrics, params and tags, more than " + BATCH_METRICS + ".");
        }
        var params = logged.params().stream().map(TrackingRules::param).toList();
        var keys = new HashSet<String>();
        for (var param : params) {
            if (!keys.add(param.key())) {
                throw invalid("The param '" + param.key() + "' is there twice in one batch.");
            }
        }
        return new Logged(
                logged.metrics().stream().map(TrackingRules::metric).toList(),
                params,
                logged.tags().stream().map(TrackingRules::tag).toList());
    }

    static String experimentName(String name) {
        if (name.isBlank()) {
            throw invalid("An experiment needs a name.");
        }
        return text("experiment", name, atMost("The name of the experiment", name, EXPERIMENT_NAME_LENGTH));
    }

    /** A location that means the same everywhere: a URI with a scheme. */
    static String location(String location) {
        atMost("The artifact location", location, LOCATION_LENGTH);
        if (!LOCATION_SCHEME.matcher(location).matches()) {
            throw invalid("The artifact location '" + location + "' is relative; name a URI with a scheme.");
        }
        if (location.contains("..") || location.indexOf('#') >= 0 || location.indexOf('?') >= 0) {
            throw invalid("The artifact location '" + location + "' has '..', a fragment or a query.");
        }
        return text("artifact location", location, location);
    }

    static String runId(String runId) {
        if (!RUN_ID.matcher(runId).matches()) {
            throw invalid("'" + runId + "' is not a run id: letters, digits, dashes and underscores.");
        }
        return runId;
    }

    /** A name for a run that got none, always the same for the same id. */
    static String inventedName(String runId) {
        var hash = Digest.ofText(runId).hex();
        var number = Integer.parseInt(hash, 0, 6, 16);
        return ADJECTIVES.get(number % ADJECTIVES.size()) + "-"
                + NOUNS.get(number / ADJECTIVES.size() % NOUNS.size()) + "-"
                + number / ADJECTIVES.size() / NOUNS.size() % 1000;
    }
}
