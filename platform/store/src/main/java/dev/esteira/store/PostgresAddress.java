package dev.esteira.store;

import dev.esteira.kernel.EsteiraException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;

/**
 * Where a PostgreSQL database is and who asks.
 *
 * @param url {@code jdbc:postgresql://…} without user and password
 * @param user the role that owns Esteira's schemas
 * @param password empty where the server asks for none
 */
public record PostgresAddress(String url, String user, String password) {

    /**
     * Reads {@code postgresql://user:password@host:port/database?options}.
     *
     * @throws EsteiraException MALFORMED_DATABASE_ADDRESS; the text of the address is not repeated, as it may hold a
     *     password
     */
    public static PostgresAddress parse(String text) {
        try {
            var uri = new URI(text.startsWith("jdbc:") ? text.substring(5) : text);
            var scheme = uri.getScheme();
            if (scheme == null
                    || !(scheme.equals("postgresql") || scheme.equals("postgres"))
                    || path(uri).length() < 2) {
                throw malformed();
            }
            var userInfo = uri.getRawUserInfo() == null ? "" : uri.getRawUserInfo();
            var colon = userInfo.indexOf(':');
            var user = colon < 0 ? userInfo : userInfo.substring(0, colon);
            var password = colon < 0 ? "" : userInfo.substring(colon + 1);
            var query = uri.getRawQuery() == null ? "" : "?" + uri.getRawQuery();
            var authority = uri.getHost() == null ? "localhost" : uri.getHost();
            var port = uri.getPort() < 0 ? "" : ":" + uri.getPort();
            return new PostgresAddress(
                    "jdbc:postgresql://" + authority + port + path(uri) + query, decoded(user), decoded(password));
        } catch (URISyntaxException e) {
            throw malformed();
        }
    }

    /** Without the password. */
    @Override
    public String toString() {
        return url + " as " + user;
    }

    private static String path(URI uri) {
        return uri.getRawPath() == null ? "" : uri.getRawPath();
    }

    private static String decoded(String text) {
        return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
    }

    private static EsteiraException malformed() {
        return new EsteiraException(
                StoreErrorCode.MALFORMED_DATABASE_ADDRESS,
                "The address of the database is not one of PostgreSQL.",
                "Write it like postgresql://user:password@host:5432/database.");
    }
}
