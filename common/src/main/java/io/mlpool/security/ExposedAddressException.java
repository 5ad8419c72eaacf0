package io.mlpool.security;

import java.net.InetAddress;
import org.jspecify.annotations.Nullable;

/** A service in open mode was to listen where other machines can reach it. */
final class ExposedAddressException extends RuntimeException {

    ExposedAddressException(@Nullable InetAddress address) {
        super("security mode 'open' asks no caller for a key, so it listens on loopback only, but server.address is "
                + (address == null ? "not set, which means every address of this machine" : address.getHostAddress())
                + " (environment: SERVER_ADDRESS)");
    }
}
