package org.countyhub.fhir.identity.code;

/**
 * The county's SM4 root key for e-health cards. Whoever has it can read resident IDs out of card IDs, so the key itself never
 * leaves the implementation; a hardware module may stand behind it.
 */
public interface RootKey {
    /**
     * One block encrypted by SM4 (GB/T 32907).
     *
     * @param block 16 bytes; throws IllegalArgumentException otherwise
     * @return 16 bytes
     */
    byte[] encrypt(byte[] block);
}
