package dev.esteira.kernel;

import java.util.regex.Pattern;

/**
 * The name of a workspace, the first part of every primary key.
 *
 * @param value 2 to 63 lower-case letters, digits and dashes, starting and ending with a letter or digit
 */
public record WorkspaceName(String value) {

    private static final Pattern FORM = Pattern.compile("[a-z0-9][a-z0-9-]{0,61}[a-z0-9]");

    /** The workspace of a server on which nobody made another. */
    public static final WorkspaceName DEFAULT = new WorkspaceName("default");

    public WorkspaceName {
        if (!FORM.matcher(value).matches()) {
            throw new EsteiraException(
                    KernelErrorCode.MALFORMED_NAME,
                    "'" + value + "' is not a workspace name.",
                    "Use 2 to 63 lower-case letters, digits and dashes, with a letter or digit at both ends.");
        }
    }

    @Override
    public String toString() {
        return value;
    }
}
