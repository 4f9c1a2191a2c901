package dev.esteira.store;

import dev.esteira.kernel.EsteiraException;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;

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
                        "Let the user who runs Esteira own the data directory, or name another one with --data.",
                        error);
    }

    /** What kept a file or folder from being used, as the end of a sentence. */
    static String reason(IOException error) {
        var file = error instanceof FileSystemException system ? String.valueOf(system.getFile()) : "";
        return switch (error) {
            case AccessDeniedException denied -> "this user may not use " + file;
            case FileAlreadyExistsException exists -> file + " is not a folder";
            case NoSuchFileException missing -> file + " is not there and cannot be made";
            case FileSystemException system
            when "Not a directory".equals(system.getReason()) -> "a folder of the path " + file + " is a file";
            default -> String.valueOf(error.getMessage());
        };
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
