package dev.esteira.spi;

import dev.esteira.kernel.Digest;
import dev.esteira.kernel.EsteiraException;
import dev.esteira.kernel.KernelErrorCode;
import java.util.regex.Pattern;

/**
 * A file of an artifact.
 *
 * @param path relative, with forward slashes, of letters, digits, dots, dashes and underscores; never upwards
 * @param digest of its bytes
 * @param size in bytes
 */
public record ArtifactFile(String path, Digest digest, long size) {

    private static final Pattern FORM = Pattern.compile("(?!.*(^|/)\\.{1,2}(/|$))[A-Za-z0-9._-]+(/[A-Za-z0-9._-]+)*");

    public ArtifactFile {
        if (path.length() > 500 || !FORM.matcher(path).matches()) {
            throw new EsteiraException(
                    KernelErrorCode.MALFORMED_NAME,
                    "'" + path + "' is not a path inside an artifact.",
                    "Use a relative path of letters, digits, dots, dashes and underscores.");
        }
    }
}
