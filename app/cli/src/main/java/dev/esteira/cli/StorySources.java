package dev.esteira.cli;

import dev.esteira.client.EsteiraClient;
import dev.esteira.document.Json;
import dev.esteira.kernel.Digest;
import dev.esteira.kernel.EsteiraException;
import dev.esteira.kernel.Value;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Where the story of a run finds what the run itself does not tell. */
interface StorySources {

    /**
     * A JSON document of an artifact.
     *
     * @throws IOException when it cannot be read
     */
    Value.Fields document(Digest artifact, String path) throws IOException;

    /** The versions of a model, newest first; none when there is no such model. */
    List<Value.Fields> versions(String model);

    /** Whether a step wrote anything into its log. */
    boolean hasLog(String run, String step);

    /** Those of a server. */
    static StorySources of(EsteiraClient client) {
        return new StorySources() {

            private static final int MOST_VERSIONS = 1000;

            @Override
            public Value.Fields document(Digest artifact, String path) throws IOException {
                var out = new ByteArrayOutputStream();
                client.artifactFile(artifact, path, out);
                return Json.parseFields(out.toString(StandardCharsets.UTF_8));
            }

            @Override
            public List<Value.Fields> versions(String model) {
                try {
                    return client.list("/api/v1/models/" + EsteiraClient.escape(model) + "/versions", MOST_VERSIONS);
                } catch (EsteiraException e) {
                    return List.of();
                }
            }

            @Override
            public boolean hasLog(String run, String step) {
                try {
                    var out = new ByteArrayOutputStream();
                    client.log(run, step, 0, out);
                    return out.size() > 0;
                } catch (EsteiraException | IOException e) {
                    return false;
                }
            }
        };
    }
}
