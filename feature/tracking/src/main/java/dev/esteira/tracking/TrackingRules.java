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

    /** The longest name of a run. */
    @Limit(value = "The name of a run.", unit = "characters")
    static final int RUN_NAME_LENGTH = 500;

    /** The longest name of the user of a run. */
    @Limit(value = "The user of a run.", unit = "characters")
    static final int USER_LENGTH = 256;

    /** The longest id of a run or logged model. */
    @Limit(value = "The id of a run or logged model.", unit = "characters")
    static final int ID_LENGTH = 256;

    /** The longest name, and the longest type, of a logged model. */
    @Limit(value = "The name of a logged model, and its type.", unit = "characters")
    static final int LOGGED_MODEL_LENGTH = 500;

    /** The longest status message of a logged model; longer ones are cut. */
    @Limit(value = "The status message of a logged model; longer ones are cut.", unit = "characters")
    static final int STATUS_MESSAGE_LENGTH = 1000;

    /** The longest artifact location. */
    @Limit(value = "The artifact location of an experiment.", unit = "characters")
    public static final int LOCATION_LENGTH = 2048;

    /** The most metrics of a batch, and the most things of a batch in all. */
    @Limit(value = "Metrics of a batch, and everything of a batch together.", unit = "items")
    public static final int BATCH_METRICS = 1000;

    /** The most params, and the most tags, of a batch and of any other call. */
    @Limit(value = "Params of a batch or another call, and tags of it.", unit = "items")
    public static final int BATCH_PARAMS = 100;

    /** The most data sets, and the most models, that one call notes for a run. */
    @Limit(value = "Data sets of a run that one call notes, and models.", unit = "items")
    static final int RELATED_MAX = 1000;

    /** The most experiments of a search; each is an argument of its statement, which takes 32 766 of them at most. */
    @Limit(value = "Experiments that a search looks into.", unit = "items")
    static final int EXPERIMENTS_MAX = 10_000;

    private static final Pattern KEY = Pattern.compile("[\\w/.\\- :]+", Pattern.UNICODE_CHARACTER_CLASS);
    private static final Pattern ID = Pattern.compile("[A-Za-z0-9][A-Za-z0-9_-]{0," + (ID_LENGTH - 1) + "}");
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

    /** A text that every database can keep and that may not be longer than a limit. */
    public static String atMost(String what, String value, int limit) {
        if (value.length() > limit) {
            throw invalid(what + " has " + value.length() + " characters, more than " + limit + ".");
        }
        if (value.indexOf('\0') >= 0) {
            throw invalid(what + " holds a NUL character.");
        }
        return value;
    }

    /** Items of one call that may not be more than a limit. */
    public static <T> List<T> count(String what, List<T> items, int limit) {
        if (items.size() > limit) {
            throw invalid("One call has " + items.size() + " " + what + ", more than " + limit + ".");
        }
        return items;
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

    /** A tag of a run or logged model; the one that names a run is no longer than a name. */
    static Tag tag(Tag tag) {
        if (tag.key().equals(Tag.RUN_NAME)) {
            return new Tag(tag.key(), runName(tag.value()));
        }
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
        count("metrics", logged.metrics(), BATCH_METRICS);
        var all =
                logged.metrics().size() + logged.params().size() + logged.tags().size();
        if (all > BATCH_METRICS) {
            throw invalid("A batch has " + all + " metrics, params and tags, more than " + BATCH_METRICS + ".");
        }
        var params = params(logged.params());
        var keys = new HashSet<String>();
        for (var param : params) {
            if (!keys.add(param.key())) {
                throw invalid("The param '" + param.key() + "' is there twice in one batch.");
            }
        }
        return new Logged(logged.metrics().stream().map(TrackingRules::metric).toList(), params, tags(logged.tags()));
    }

    /** The params of one call, each in its form. */
    static List<Param> params(List<Param> params) {
        return count("params", params, BATCH_PARAMS).stream()
                .map(TrackingRules::param)
                .toList();
    }

    /** The tags of one call for a run or logged model, each in its form. */
    static List<Tag> tags(List<Tag> tags) {
        return count("tags", tags, BATCH_PARAMS).stream()
                .map(TrackingRules::tag)
                .toList();
    }

    /** The experiments that a search looks into. */
    static List<Long> searched(List<Long> experimentIds) {
        return count("experiment_ids", experimentIds, EXPERIMENTS_MAX);
    }

    static String experimentName(String name) {
        if (name.isBlank()) {
            throw invalid("An experiment needs a name.");
        }
        return atMost("The name of the experiment", name, EXPERIMENT_NAME_LENGTH);
    }

    static String runName(String name) {
        return atMost("The name of the run", name, RUN_NAME_LENGTH);
    }

    static String userId(String user) {
        return atMost("The user of the run", user, USER_LENGTH);
    }

    /** A status message, cut: what went wrong is noted even when it is told at length. */
    static String statusMessage(String message) {
        return text("logged model's", "status_message", cut(message, STATUS_MESSAGE_LENGTH));
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
        return location;
    }

    /** The id of a run. */
    public static String runId(String id) {
        return id("run", id);
    }

    /** The id of a logged model. */
    static String modelId(String id) {
        return id("model", id);
    }

    private static String id(String what, String id) {
        if (!ID.matcher(id).matches()) {
            throw invalid("'" + cut(id, 100) + "' is not a " + what + " id: 1 to " + ID_LENGTH
                    + " letters, digits, dashes and underscores.");
        }
        return id;
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
