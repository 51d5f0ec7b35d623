package org.countyhub.imaging.store;

import java.io.IOException;
import java.io.InputStream;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.countyhub.imaging.study.BlobStore;
import org.countyhub.imaging.study.lifecycle.Tier;

/**
 * One store over the tiers in which bytes are kept. A key says in which: {@code s3:} and {@code archive:} before the key of the object
 * store and of the archive, nothing before that of the disk.
 */
public final class Tiers implements BlobStore {
    private final Map<Tier, BlobStore> stores;
    private final Tier first;

    /**
     * The tiers that there are.
     *
     * @param first where blobs come in
     */
    public Tiers(Map<Tier, ? extends BlobStore> stores, Tier first) {
        this.stores = new EnumMap<>(stores);
        this.first = first;
        in(first);
    }

    static String prefix(Tier tier) {
        return switch (tier) {
            case DISK -> "";
            case OBJECT_STORE -> "s3:";
            case ARCHIVE -> "archive:";
        };
    }

    static Tier tier(String key) {
        int colon = key.indexOf(':');
        if (colon < 0) {
            return Tier.DISK;
        }
        return switch (key.substring(0, colon)) {
            case "s3" -> Tier.OBJECT_STORE;
            case "archive" -> Tier.ARCHIVE;
            default -> throw new IllegalArgumentException("no tier has blobs such as " + key);
        };
    }

    private static String within(String key) {
        return key.substring(key.indexOf(':') + 1);
    }

    boolean has(Tier tier) {
        return stores.containsKey(tier);
    }

    /** The store of a tier. */
    private BlobStore in(Tier tier) {
        BlobStore store = stores.get(tier);
        if (store == null) {
            throw new IllegalStateException("blobs are asked of " + tier + ", which is not configured");
        }
        return store;
    }

    @Override
    public Incoming receive() throws IOException {
        return receive(first);
    }

    /** Begins a blob in a tier. */
    Incoming receive(Tier tier) throws IOException {
        Incoming blob = in(tier).receive();
        return tier == Tier.DISK ? blob : new Prefixed(prefix(tier), blob);
    }

    private static final class Prefixed extends Incoming {
        private final String prefix;
        private final Incoming blob;

        Prefixed(String prefix, Incoming blob) {
            this.prefix = prefix;
            this.blob = blob;
        }

        @Override
        public void write(int value) throws IOException {
            blob.write(value);
        }

        @Override
        public void write(byte[] bytes, int from, int length) throws IOException {
            blob.write(bytes, from, length);
        }

        @Override
        public String seal() throws IOException {
            return prefix + blob.seal();
        }

        @Override
        public void close() throws IOException {
            blob.close();
        }
    }

    @Override
    public void settle(Collection<String> keys) throws IOException {
        Map<Tier, List<String>> byTier = keys.stream()
                .collect(Collectors.groupingBy(Tiers::tier, Collectors.mapping(Tiers::within, Collectors.toList())));
        for (Map.Entry<Tier, List<String>> some : byTier.entrySet()) {
            in(some.getKey()).settle(some.getValue());
        }
    }

    @Override
    public InputStream open(String key, long position, long length) throws IOException {
        return in(tier(key)).open(within(key), position, length);
    }

    @Override
    public void delete(String key) throws IOException {
        in(tier(key)).delete(within(key));
    }

    @Override
    public boolean hasRoomFor(long bytes) {
        return hasRoomFor(first, bytes);
    }

    boolean hasRoomFor(Tier tier, long bytes) {
        return in(tier).hasRoomFor(bytes);
    }
}
