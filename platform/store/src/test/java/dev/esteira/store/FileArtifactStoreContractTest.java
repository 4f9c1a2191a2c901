package dev.esteira.store;

import dev.esteira.spi.ArtifactStore;
import dev.esteira.testing.ArtifactStoreContract;
import java.time.Instant;
import java.time.InstantSource;

class FileArtifactStoreContractTest extends ArtifactStoreContract {

    @Override
    protected ArtifactStore open(InstantSource moments) {
        var store = new FileArtifactStore(folder.resolve("artifacts"), moments);
        store.start(Instant.MAX);
        return store;
    }
}
