package org.countyhub.imaging.filmweb;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;

/**
 * Slows down whoever fails to open links: some failures at once, then one each few seconds for each address (for each network of 64 bits
 * of IPv6, which is what one customer has). Who opens links rightly is never slowed down.
 */
final class Throttle {
    private static final int AT_ONCE = 10;
    private static final Duration EACH = Duration.ofSeconds(10);
    private static final int ADDRESSES = 200_000;

    private final Clock clock;

    /** Of each address, when all its failures will be forgiven: a bucket that leaks (generic cell rate algorithm). */
    private final Cache<List<Byte>, Instant> forgiven = Caffeine.newBuilder()
            .maximumSize(ADDRESSES)
            .expireAfterWrite(EACH.multipliedBy(AT_ONCE + 1))
            .build();

    Throttle(Clock clock) {
        this.clock = clock;
    }

    /** False for an address that has failed too often of late. */
    boolean allows(InetAddress address) {
        Instant all = forgiven.getIfPresent(network(address));
        return all == null || !all.isAfter(clock.instant().plus(EACH.multipliedBy(AT_ONCE - 1)));
    }

    /** How long a refused address should wait, in seconds. */
    static long waitSeconds() {
        return EACH.toSeconds();
    }

    /** Counts a failure. */
    void failed(InetAddress address) {
        Instant now = clock.instant();
        forgiven.asMap()
                .merge(network(address), now.plus(EACH), (all, first) -> (all.isAfter(now) ? all : now).plus(EACH));
    }

    private static List<Byte> network(InetAddress address) {
        byte[] bytes = address.getAddress();
        byte[] network = address instanceof Inet6Address ? Arrays.copyOf(bytes, 8) : bytes;
        Byte[] boxed = new Byte[network.length];
        Arrays.setAll(boxed, i -> network[i]);
        return List.of(boxed);
    }
}
