package dev.esteira.http;

import dev.esteira.kernel.EsteiraException;
import java.util.HashSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Refuses what a web page of another site makes a browser send: a Host that is not one of the server's names (a name that
 * was pointed at this address), and an Origin that is not the very site that the request goes to.
 */
final class SiteCheck {

    private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "[::1]");

    private static final Pattern AUTHORITY = Pattern.compile("(\\[[0-9a-f:.]+]|[a-z0-9._-]+)(?::\\d{1,5})?");

    private final Set<String> hosts = new HashSet<>(LOOPBACK);
    private final Set<String> origins;

    /**
     * @param moreHosts names beside those of loopback, without ports
     * @param origins whole origins of other sites that may call, e.g. {@code https://notebooks.example.org}
     */
    SiteCheck(Set<String> moreHosts, Set<String> origins) {
        moreHosts.forEach(host -> hosts.add(host.toLowerCase(Locale.ROOT)));
        this.origins = Set.copyOf(origins);
    }

    /** Throws HOST_REFUSED or ORIGIN_REFUSED when the request must not be answered. */
    void check(RequestHead head) {
        var host = head.header("Host").map(text -> text.toLowerCase(Locale.ROOT));
        if (host.flatMap(SiteCheck::name).filter(hosts::contains).isEmpty()) {
            throw new EsteiraException(
                    HttpErrorCode.HOST_REFUSED,
                    "The request names the host '" + printable(host.orElse(""))
                            + "', to which this server does not answer.",
                    "Use localhost, or add the name to the configuration key http-hosts.");
        }
        var origin = head.header("Origin");
        if (origin.isPresent() && !sameSite(origin.get(), host.orElse("")) && !origins.contains(origin.get())) {
            throw refused("The request comes from a page of '" + printable(origin.get()) + "'.");
        }
        var crossSite =
                head.header("Sec-Fetch-Site").filter("cross-site"::equals).isPresent();
        var navigation =
                head.header("Sec-Fetch-Mode").filter("navigate"::equals).isPresent();
        if (crossSite && !navigation && origin.isEmpty()) {
            throw refused("The request comes from a page of another site.");
        }
    }

    private static EsteiraException refused(String message) {
        return new EsteiraException(
                HttpErrorCode.ORIGIN_REFUSED, message, "Allow the site in the configuration key http-origins.");
    }

    private static boolean sameSite(String origin, String authority) {
        var lower = origin.toLowerCase(Locale.ROOT);
        return lower.equals("http://" + authority) || lower.equals("https://" + authority);
    }

    /** The host without its port, empty when the header is not a host and a port. */
    private static Optional<String> name(String authority) {
        var matcher = AUTHORITY.matcher(authority);
        return matcher.matches() ? Optional.of(matcher.group(1)) : Optional.empty();
    }

    private static String printable(String text) {
        var shown = text.length() > 100 ? text.substring(0, 100) + "…" : text;
        return shown.replaceAll("[^ -~…]", "?");
    }
}
