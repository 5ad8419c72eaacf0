package io.mlpool.security;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/** In open mode, where it is wanted: nobody is asked who they are, but no address may ask for everything. */
final class AddressLimitFilter extends HttpFilter {

    private final transient Rights rights;
    private final transient RateLimits limits;

    AddressLimitFilter(Rights rights, RateLimits limits) {
        this.rights = rights;
        this.limits = limits;
    }

    @Override
    protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        if (!rights.of(request).limited()
                || TooManyRequests.admits(limits.ofAddress(request.getRemoteAddr()), request, response)) {
            chain.doFilter(request, response);
        }
    }
}
