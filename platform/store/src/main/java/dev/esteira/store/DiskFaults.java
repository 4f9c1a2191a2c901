package dev.esteira.store;

import dev.esteira.kernel.EsteiraException;
import java.io.IOException;
import java.nio.file.FileSystemException;

/** Errors of disks as people should see them. */
final class DiskFaults {

    private DiskFaults() {}

    /** The same error, unless it is a full disk, which is thrown. */
    static IOException orFull(IOException error) {
        if (isFull(error)) {
            throw full(error);
        }
        return error;
    }

    static EsteiraException explain(IOException error, String message) {
        return isFull(error)
                ? full(error)
                : new EsteiraException(
                        StoreErrorCode.DATA_DIRECTORY_UNUSABLE,
                        message,
                        "Let the user who runs Esteira own the data directory, or name another one.",
                        error);
    }

    private static boolean isFull(IOException error) {
        var reason = error instanceof FileSystemException file ? file.getReason() : error.getMessage();
        return reason != null && (reason.contains("No space left") || reason.contains("quota exceeded"));
    }

    private static EsteiraException full(IOException error) {
        return new EsteiraException(
                StoreErrorCode.DISK_FULL,
                "The disk is full where contents are stored; nothing was half written.",
                "Make room on that disk, or name a data directory on another one, then try again.",
                error);
    }
}
