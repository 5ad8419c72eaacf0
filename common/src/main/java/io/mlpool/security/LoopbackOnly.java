package io.mlpool.security;

import java.net.InetAddress;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.web.server.AbstractConfigurableWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.core.Ordered;

/** In open mode a web server that others could reach does not start. */
final class LoopbackOnly implements WebServerFactoryCustomizer<AbstractConfigurableWebServerFactory>, Ordered {

    private final SecurityProperties properties;

    LoopbackOnly(SecurityProperties properties) {
        this.properties = properties;
    }

    @Override
    public void customize(AbstractConfigurableWebServerFactory server) {
        InetAddress address = server.getAddress();
        if (!properties.asksForKeys() && !isLoopback(address)) {
            throw new ExposedAddressException(address);
        }
    }

    /** After all others, among them the one that sets the address. */
    @Override
    public int getOrder() {
        return LOWEST_PRECEDENCE;
    }

    /** No address means all of the machine's. */
    private static boolean isLoopback(@Nullable InetAddress address) {
        return address != null && address.isLoopbackAddress();
    }
}
