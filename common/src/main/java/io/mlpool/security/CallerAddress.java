package io.mlpool.security;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.HexFormat;

/**
 * Where a request comes from, as far as it tells callers apart.
 *
 * @param network an IPv4 address, or the first half of an IPv6 address: the other half is free to choose for whoever has it
 */
record CallerAddress(String network) {

    private static final int IPV6_NETWORK = 8;

    static CallerAddress of(String address) {
        if (address.indexOf(':') < 0) {
            return new CallerAddress(address);
        }
        try {
            InetAddress literal = InetAddress.ofLiteral(address);
            return new CallerAddress(
                    literal instanceof Inet6Address
                            ? HexFormat.of().formatHex(literal.getAddress(), 0, IPV6_NETWORK) + "/64"
                            : literal.getHostAddress());
        } catch (IllegalArgumentException e) {
            return new CallerAddress(address);
        }
    }
}
