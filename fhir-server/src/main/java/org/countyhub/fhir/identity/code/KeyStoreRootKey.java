package org.countyhub.fhir.identity.code;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import javax.crypto.SecretKey;
import org.countyhub.kernel.Settings;

/**
 * The root key out of a PKCS#12 key store: the one secret key in it of 128 bits for SM4. The JDK's key stores know SM4 by
 * its object identifier, 1.2.156.10197.1.104.
 *
 * <p>Says neither the key nor the password in any text; faults name the file and what is wrong with it.
 */
public final class KeyStoreRootKey implements RootKey {
    static final String SM4_OID = "1.2.156.10197.1.104";

    private static final String KEY_STORE = "HUB_HEALTH_CARD_KEYSTORE";
    private static final String PASSWORD_FILE = "HUB_HEALTH_CARD_KEYSTORE_PASSWORD_FILE";

    private final byte[] key;

    private KeyStoreRootKey(byte[] key) {
        this.key = key;
    }

    /**
     * The key that the switches HUB_HEALTH_CARD_KEYSTORE and HUB_HEALTH_CARD_KEYSTORE_PASSWORD_FILE name; empty if neither
     * is set. Throws IllegalArgumentException if only one is, or the key is not there, and UncheckedIOException if a
     * file cannot be read, with its password.
     */
    public static Optional<RootKey> configured(Settings settings) {
        String keyStore = settings.text(KEY_STORE, "");
        String passwordFile = settings.text(PASSWORD_FILE, "");
        if (keyStore.isEmpty() && passwordFile.isEmpty()) {
            return Optional.empty();
        }
        if (keyStore.isEmpty() || passwordFile.isEmpty()) {
            throw new IllegalArgumentException(KEY_STORE + " and " + PASSWORD_FILE + " must be set together");
        }
        char[] password = password(Path.of(passwordFile));
        try {
            return Optional.of(open(Path.of(keyStore), password));
        } finally {
            Arrays.fill(password, '\0');
        }
    }

    /** The key in a file, of which the password opens both the store and the entry. */
    static KeyStoreRootKey open(Path file, char[] password) {
        try (InputStream in = Files.newInputStream(file)) {
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(in, password);
            List<byte[]> keys = new ArrayList<>();
            for (String alias : Collections.list(store.aliases())) {
                // Entries of other kinds may be under other passwords, and are not asked for.
                if (store.entryInstanceOf(alias, KeyStore.SecretKeyEntry.class)
                        && store.getKey(alias, password) instanceof SecretKey secret
                        && isSm4(secret)) {
                    keys.add(secret.getEncoded());
                }
            }
            if (keys.size() != 1) {
                throw new IllegalArgumentException(
                        file + " must hold one secret key of 128 bits for SM4 but holds " + keys.size());
            }
            return new KeyStoreRootKey(keys.getFirst());
        } catch (IOException e) {
            throw new UncheckedIOException(file + " cannot be read as a PKCS#12 key store with its password", e);
        } catch (GeneralSecurityException e) {
            throw new IllegalArgumentException(file + " does not open with its password", e);
        }
    }

    @Override
    public byte[] encrypt(byte[] block) {
        if (block.length != Sm4.BLOCK_BYTES) {
            throw new IllegalArgumentException("a block has " + Sm4.BLOCK_BYTES + " bytes");
        }
        return Sm4.encrypt(key, block);
    }

    @Override
    public String toString() {
        return "KeyStoreRootKey[…]";
    }

    private static boolean isSm4(Key key) {
        String algorithm = key.getAlgorithm();
        return (algorithm.equalsIgnoreCase("SM4") || algorithm.equals(SM4_OID) || algorithm.startsWith(SM4_OID + "."))
                && key.getEncoded().length == Sm4.BLOCK_BYTES;
    }

    /** The first line of the file; decoded without a String, which nobody could wipe. */
    private static char[] password(Path file) {
        byte[] bytes;
        try {
            bytes = Files.readAllBytes(file);
        } catch (IOException e) {
            throw new UncheckedIOException(file + " cannot be read", e);
        }
        CharBuffer text = StandardCharsets.UTF_8.decode(ByteBuffer.wrap(bytes));
        int end = 0;
        while (end < text.length() && text.get(end) != '\n' && text.get(end) != '\r') {
            end++;
        }
        char[] password = new char[end];
        text.get(password);
        Arrays.fill(bytes, (byte) 0);
        Arrays.fill(text.array(), '\0');
        return password;
    }
}
