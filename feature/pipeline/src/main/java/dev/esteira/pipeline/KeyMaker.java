package dev.esteira.pipeline;

import dev.esteira.kernel.Digest;
import dev.esteira.kernel.Limit;
import dev.esteira.kernel.Value;
import dev.esteira.spi.Execution;
import dev.esteira.spi.StepKind;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

/** Makes the key of a step whose inputs exist: asks the kind what it resolves to and reads the texts that it names. */
final class KeyMaker {

    /** A key and the paths of the files in it, by place. */
    record Made(StepKey key, Value.Fields places) {}

    /** The components of a key that no step before decides, and the paths of the files in them, by place. */
    record Known(Value.Fields components, Value.Fields places) {}

    @Limit(value = "Digests of files that are remembered.", unit = "digests")
    private static final int MAX_REMEMBERED = 4096;

    private final Map<String, String> platform;
    private final Map<String, Optional<Digest>> texts = new ConcurrentHashMap<>();

    /** @param platform what enters the key of steps that run in a process of their own */
    KeyMaker(Map<String, String> platform) {
        this.platform = platform;
    }

    /** @throws dev.esteira.kernel.EsteiraException when the kind cannot resolve the step */
    Made make(StepKind kind, ResolveScene scene, long seed) throws IOException {
        return made(kind, scene, seed, kind.resolve(scene));
    }

    /** What of a key is known before the inputs exist, with the paths of the files in it. */
    Known known(StepKind kind, ResolveScene scene, long seed) throws IOException {
        var made = made(kind, scene, seed, Value.Fields.EMPTY);
        return new Known(made.key().ownComponents(), made.places());
    }

    private Made made(StepKind kind, ResolveScene scene, long seed, Value.Fields resolved) throws IOException {
        var spec = scene.spec();
        var places = FilePlaces.of(kind.shape(), spec.fields());
        var code = new TreeMap<String, Digest>();
        var data = new TreeMap<String, Digest>();
        for (var place : places.paths().entrySet()) {
            var raw = scene.bundle().get(place.getValue());
            if (raw != null) {
                var text = text(place.getValue(), raw.digest(), scene);
                if (text.isPresent()) {
                    code.put(place.getKey(), text.get());
                } else {
                    data.put(place.getKey(), raw.digest());
                }
            }
        }
        var child = kind.execution(spec) instanceof Execution.Child;
        var key = StepKey.of(new StepKey.Ingredients(
                kind.name() + "@" + kind.major(),
                kind.implementation(),
                places.marked(),
                spec.params(),
                code,
                data,
                scene.inputs(),
                scene.references(),
                resolved,
                child ? platform : Map.of(),
                kind.seeded(spec) ? Optional.of(seed) : Optional.empty(),
                scene.plan().cache().salt()));
        var paths = new LinkedHashMap<String, Value>();
        places.paths().forEach((place, path) -> paths.put(place, Value.of(path)));
        return new Made(key, Value.ofFields(paths));
    }

    private Optional<Digest> text(String path, Digest digest, ResolveScene scene) throws IOException {
        var name = digest.hex() + path.substring(path.lastIndexOf('.') + 1);
        var known = texts.get(name);
        if (known != null) {
            return known;
        }
        var found = SourceText.digest(path, scene.store().local(digest));
        if (texts.size() >= MAX_REMEMBERED) {
            texts.clear();
        }
        texts.put(name, found);
        return found;
    }
}
