package dev.esteira.document;

import dev.esteira.kernel.Value;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.snakeyaml.engine.v2.common.Anchor;
import org.snakeyaml.engine.v2.events.AliasEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.events.MappingStartEvent;
import org.snakeyaml.engine.v2.events.NodeEvent;
import org.snakeyaml.engine.v2.events.ScalarEvent;
import org.snakeyaml.engine.v2.events.SequenceStartEvent;
import org.snakeyaml.engine.v2.exceptions.Mark;

/** Builds a value with places from the events of a YAML text. Used once, by one thread. */
final class YamlComposer {

    /** A composed value with the number of values in it and their depth, so that aliases count like what they mean. */
    private record Anchored(Value value, int values, int depth) {}

    private final String file;
    private final String text;
    private final int[] codePoints;
    private final YamlLimits limits;
    private final Map<String, Document.Place> places = new HashMap<>();
    private final Map<Anchor, Anchored> anchors = new HashMap<>();
    private final List<LocatedProblem> problems = new ArrayList<>();
    private int values;
    private int aliases;

    YamlComposer(String file, String text, YamlLimits limits) {
        this.file = file;
        this.text = text;
        this.codePoints = text.codePoints().toArray();
        this.limits = limits;
    }

    Reading compose(Iterator<Event> events) {
        Value root = Value.NOTHING;
        var documents = 0;
        while (events.hasNext()) {
            var event = events.next();
            if (event.getEventId() == Event.ID.DocumentStart && ++documents > 1) {
                throw stop(
                        event,
                        DocumentErrorCode.MALFORMED_YAML,
                        "A second document begins here.",
                        "Put it in a file of its own.");
            }
            if (event instanceof NodeEvent node) {
                root = node(node, events, "", Optional.empty(), 0);
            }
        }
        return problems.isEmpty()
                ? new Reading.Read(new Document(file, text, root, places))
                : new Reading.Unreadable(problems);
    }

    private Value node(NodeEvent event, Iterator<Event> events, String pointer, Optional<Position> key, int depth) {
        count(event, 1);
        limitDepth(event, depth);
        places.put(pointer, new Document.Place(key, start(event), content(event)));
        var before = values;
        var value = switch (event) {
            case ScalarEvent scalar -> scalar(scalar);
            case AliasEvent alias -> alias(alias, depth);
            case SequenceStartEvent sequence -> sequence(sequence, events, pointer, depth);
            case MappingStartEvent mapping -> mapping(mapping, events, pointer, depth);
            default -> throw new IllegalStateException("No node: " + event);
        };
        var size = values - before + 1;
        event.getAnchor()
                .filter(anchor -> !(event instanceof AliasEvent))
                .ifPresent(anchor -> anchors.put(anchor, new Anchored(value, size, depth(value))));
        return value;
    }

    private void limitDepth(NodeEvent event, int depth) {
        if (depth > limits.maxDepth()) {
            throw stop(
                    event,
                    DocumentErrorCode.DOCUMENT_TOO_LARGE,
                    "Lists and maps are nested deeper than " + limits.maxDepth() + " here.",
                    "Flatten the file.");
        }
    }

    private static int depth(Value value) {
        return switch (value) {
            case Value.Sequence(var items) -> depth(items);
            case Value.Fields(var entries) -> depth(entries.values());
            default -> 0;
        };
    }

    private static int depth(Collection<Value> inner) {
        return inner.stream()
                .mapToInt(value -> 1 + YamlComposer.depth(value))
                .max()
                .orElse(0);
    }

    private Value sequence(SequenceStartEvent start, Iterator<Event> events, String pointer, int depth) {
        refuseTag(start, start.getTag());
        var items = new ArrayList<Value>();
        while (events.next() instanceof NodeEvent item) {
            items.add(node(item, events, Pointers.child(pointer, items.size()), Optional.empty(), depth + 1));
        }
        return new Value.Sequence(items);
    }

    private Value mapping(MappingStartEvent start, Iterator<Event> events, String pointer, int depth) {
        refuseTag(start, start.getTag());
        var entries = new LinkedHashMap<String, Value>();
        var lines = new HashMap<String, Integer>();
        while (events.next() instanceof NodeEvent event) {
            var key = key(event);
            var at = start(event);
            var value =
                    node((NodeEvent) events.next(), events, Pointers.child(pointer, key), Optional.of(at), depth + 1);
            var first = lines.putIfAbsent(key, at.line());
            if (first != null) {
                report(
                        event,
                        DocumentErrorCode.DUPLICATE_KEY,
                        "The key '" + key + "' stands here again, after line " + first + ".",
                        "Keep one of them.");
            }
            entries.put(key, value);
        }
        return new Value.Fields(entries);
    }

    private String key(NodeEvent event) {
        if (!(event instanceof ScalarEvent scalar)) {
            throw stop(
                    event,
                    DocumentErrorCode.MALFORMED_YAML,
                    event instanceof AliasEvent ? "An alias stands for a key." : "A list or map stands for a key.",
                    "Write the key as a text.");
        }
        refuseTag(scalar, scalar.getTag());
        if (scalar.isPlain()
                && !(YamlScalars.plain(scalar.getValue()) instanceof YamlScalars.Meaning.Plain(Value.Text text))) {
            report(
                    event,
                    DocumentErrorCode.MALFORMED_YAML,
                    "The key '" + scalar.getValue() + "' is not a text to a reader of YAML.",
                    "Put it in quotation marks.");
        }
        return scalar.getValue();
    }

    private Value scalar(ScalarEvent event) {
        refuseTag(event, event.getTag());
        if (!event.isPlain()) {
            return Value.of(event.getValue());
        }
        return switch (YamlScalars.plain(event.getValue())) {
            case YamlScalars.Meaning.Plain(var value) -> value;
            case YamlScalars.Meaning.Refused(var code, var message, var remedy) -> {
                report(event, code, message, remedy);
                yield Value.NOTHING;
            }
        };
    }

    private Value alias(AliasEvent event, int depth) {
        if (++aliases > limits.maxAliases()) {
            throw stop(
                    event,
                    DocumentErrorCode.DOCUMENT_TOO_LARGE,
                    "The file has more than " + limits.maxAliases() + " aliases.",
                    "Write the values out.");
        }
        var anchored = anchors.get(event.getAlias());
        if (anchored == null) {
            throw stop(
                    event,
                    DocumentErrorCode.MALFORMED_YAML,
                    "The alias '*" + event.getAlias().getValue() + "' has no anchor before it.",
                    "Write '&" + event.getAlias().getValue() + "' before the value that it means.");
        }
        count(event, anchored.values() - 1);
        limitDepth(event, depth + anchored.depth());
        return anchored.value();
    }

    private void count(NodeEvent event, int more) {
        values += more;
        if (values > limits.maxValues()) {
            throw stop(
                    event,
                    DocumentErrorCode.DOCUMENT_TOO_LARGE,
                    "The file has more than " + limits.maxValues() + " values.",
                    "Split it.");
        }
    }

    private void refuseTag(NodeEvent event, Optional<String> tag) {
        tag.ifPresent(name -> report(
                event,
                DocumentErrorCode.MALFORMED_YAML,
                "The tag '" + name.replace("tag:yaml.org,2002:", "!!") + "' is not allowed.",
                "Leave it out; a text is written in quotation marks."));
    }

    /** The place of the first character where the text of the value stands in the file as it is. */
    private Optional<Position> content(NodeEvent event) {
        if (!(event instanceof ScalarEvent scalar)) {
            return Optional.empty();
        }
        var quoted = scalar.isDQuoted() || scalar.isSQuoted() ? 1 : 0;
        var from = event.getStartMark().map(Mark::getIndex).orElse(0) + quoted;
        var value = scalar.getValue().codePoints().toArray();
        if (from + value.length > codePoints.length || scalar.isLiteral() || scalar.isFolded()) {
            return Optional.empty();
        }
        for (var index = 0; index < value.length; index++) {
            if (value[index] != codePoints[from + index] || value[index] == '\n') {
                return Optional.empty();
            }
        }
        var start = start(event);
        return Optional.of(new Position(start.line(), start.column() + quoted));
    }

    private static Position start(Event event) {
        return event.getStartMark().map(Yaml::position).orElse(Position.START);
    }

    private void report(NodeEvent event, DocumentErrorCode code, String message, String remedy) {
        problems.add(problem(event, code, message, remedy));
    }

    private YamlStop stop(Event event, DocumentErrorCode code, String message, String remedy) {
        return new YamlStop(problem(event, code, message, remedy));
    }

    private LocatedProblem problem(Event event, DocumentErrorCode code, String message, String remedy) {
        var at = start(event);
        return new LocatedProblem(file, at.line(), at.column(), code, message, remedy);
    }
}
