package org.countyhub.fhir.identity.code;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;
import org.countyhub.kernel.Settings;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KeyStoreRootKeyTest {
    private static final String ROOT = "0123456789ABCDEFFEDCBA9876543210";
    private static final String PASSWORD = "korrekt-pferd-7";
    private static final String KEY_STORE = "HUB_HEALTH_CARD_KEYSTORE";
    private static final String PASSWORD_FILE = "HUB_HEALTH_CARD_KEYSTORE_PASSWORD_FILE";

    private Path directory;
    private Path keyStore;
    private Path passwordFile;

    @BeforeEach
    void write(@TempDir Path temporary) throws Exception {
        directory = temporary;
        passwordFile = Files.writeString(directory.resolve("password"), PASSWORD + "\n");
        keyStore = store(Map.of("health-card", key(ROOT, KeyStoreRootKey.SM4_OID)));
    }

    @Test
    void theKeyInTheStoreMakesTheCardOfTheSpecification() {
        String index = "ABD17E7ED399EF68AB5660155D6E226D2C92EAC3254A4A66BED83AED0ADA1E9E";

        assertThat(HealthCardId.of(configured(), index, "01", "11010020171225006X")
                        .hex())
                .isEqualTo("98FF9F2C05145CB9305E9D8A57E072BB51180CA49E5BE5E9D41BCE3A9A571928");
    }

    @Test
    void noSwitchesNoKey() {
        assertThat(KeyStoreRootKey.configured(new Settings(Map.of()))).isEmpty();
    }

    @Test
    void oneSwitchWithoutTheOtherIsRefused() {
        assertThatThrownBy(() -> KeyStoreRootKey.configured(new Settings(Map.of(KEY_STORE, keyStore.toString()))))
                .hasMessage(KEY_STORE + " and " + PASSWORD_FILE + " must be set together");
    }

    @Test
    void aStoreWithoutExactlyOneSm4KeyIsRefused() throws Exception {
        keyStore = store(Map.of("other", key(ROOT, "AES")));
        assertThatThrownBy(this::configured).hasMessageEndingWith("holds 0");

        keyStore = store(Map.of("short", key("0123456789ABCDEF", KeyStoreRootKey.SM4_OID)));
        assertThatThrownBy(this::configured).hasMessageEndingWith("holds 0");

        keyStore = store(Map.of(
                "one",
                key(ROOT, KeyStoreRootKey.SM4_OID),
                "two",
                key(ROOT.replace('0', '1'), KeyStoreRootKey.SM4_OID)));
        assertThatThrownBy(this::configured).hasMessageEndingWith("holds 2");
    }

    @Test
    void onlyWholeBlocksAreEncrypted() {
        RootKey key = configured();

        assertThatThrownBy(() -> key.encrypt(new byte[32])).isInstanceOf(IllegalArgumentException.class);
        assertThat(key.encrypt(new byte[16])).hasSize(16);
    }

    @Test
    void nothingSaysTheKeyOrThePassword() throws Exception {
        saysNoSecret(configured().toString());
        saysNoSecret(trace(catchThrowable(() -> configured().encrypt(new byte[3]))));

        Path good = passwordFile;
        passwordFile = Files.writeString(directory.resolve("wrong"), PASSWORD + "x");
        saysNoSecret(trace(catchThrowable(this::configured)));

        passwordFile = good;
        keyStore = store(Map.of("other", key(ROOT, "AES")));
        saysNoSecret(trace(catchThrowable(this::configured)));

        keyStore = Files.writeString(directory.resolve("no-store"), ROOT + PASSWORD);
        saysNoSecret(trace(catchThrowable(this::configured)));

        keyStore = directory.resolve("missing");
        saysNoSecret(trace(catchThrowable(this::configured)));
    }

    private RootKey configured() {
        Settings settings =
                new Settings(Map.of(KEY_STORE, keyStore.toString(), PASSWORD_FILE, passwordFile.toString()));
        return KeyStoreRootKey.configured(settings).orElseThrow();
    }

    private Path store(Map<String, SecretKey> keys) throws GeneralSecurityException, IOException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        for (Map.Entry<String, SecretKey> key : keys.entrySet()) {
            store.setEntry(
                    key.getKey(),
                    new KeyStore.SecretKeyEntry(key.getValue()),
                    new KeyStore.PasswordProtection(PASSWORD.toCharArray()));
        }
        Path file = directory.resolve("root.p12");
        try (OutputStream out = Files.newOutputStream(file)) {
            store.store(out, PASSWORD.toCharArray());
        }
        return file;
    }

    private static SecretKey key(String hex, String algorithm) {
        return new SecretKeySpec(HexFormat.of().parseHex(hex), algorithm);
    }

    private static String trace(Throwable thrown) {
        assertThat(thrown).isNotNull();
        StringWriter trace = new StringWriter();
        thrown.printStackTrace(new PrintWriter(trace));
        return trace.toString();
    }

    private static void saysNoSecret(String text) {
        String lower = text.toLowerCase(Locale.ROOT);
        byte[] key = HexFormat.of().parseHex(ROOT);
        List<String> forms = List.of(
                ROOT.toLowerCase(Locale.ROOT),
                Arrays.toString(key),
                Base64.getEncoder().encodeToString(key).toLowerCase(Locale.ROOT),
                PASSWORD);
        assertThat(lower).doesNotContain(forms);
    }
}
