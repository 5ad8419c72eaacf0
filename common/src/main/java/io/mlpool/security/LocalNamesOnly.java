package io.mlpool.security;

import io.mlpool.errors.Refusals;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.InetAddress;
import java.util.Locale;

/**
 * In open mode only who calls this machine by its own names is answered. A page of the web could else give its name our address and then ask from the
 * user's browser as if it were ours (DNS rebinding).
 */
final class LocalNamesOnly extends HttpFilter {

    @Override
    protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        if (isLocal(request.getServerName())) {
            chain.doFilter(request, response);
        } else {
            Refusals.write(
                    request,
                    response,
                    HttpServletResponse.SC_FORBIDDEN,
                    "in mode open this service is called localhost, or by a loopback address; mlpool.security.mode=api-key lets it have other names");
        }
    }

    static boolean isLocal(String name) {
        String host = name.toLowerCase(Locale.ROOT);
        return host.equals("localhost") || host.endsWith(".localhost") || isLoopback(host);
    }

    private static boolean isLoopback(String host) {
        try {
            return InetAddress.ofLiteral(host.replaceAll("^\\[|]$", "")).isLoopbackAddress();
        } catch (IllegalArgumentException noAddress) {
            return false;
        }
    }
}
