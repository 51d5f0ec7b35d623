package org.countyhub.fhir.identity.code;

import org.bouncycastle.crypto.engines.SM4Engine;
import org.bouncycastle.crypto.params.KeyParameter;

/** SM4 (GB/T 32907) block by block, as the specification of the e-health card wants it (ECB). */
final class Sm4 {
    static final int BLOCK_BYTES = 16;

    private Sm4() {}

    /** The encrypted bytes; a whole number of blocks. */
    static byte[] encrypt(byte[] key, byte[] bytes) {
        if (bytes.length % BLOCK_BYTES != 0) {
            throw new IllegalArgumentException("SM4 encrypts whole blocks of " + BLOCK_BYTES + " bytes");
        }
        SM4Engine engine = new SM4Engine();
        engine.init(true, new KeyParameter(key));
        byte[] encrypted = new byte[bytes.length];
        for (int i = 0; i < bytes.length; i += BLOCK_BYTES) {
            engine.processBlock(bytes, i, encrypted, i);
        }
        return encrypted;
    }
}
