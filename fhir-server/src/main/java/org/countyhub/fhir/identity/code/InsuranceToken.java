package org.countyhub.fhir.identity.code;

/**
 * What the medical insurance e-voucher (医保电子凭证) shows at a counter. Good for minutes and one purpose: it is resolved
 * at once and kept nowhere, and its text form says nothing.
 */
public record InsuranceToken(String text) {
    @Override
    public String toString() {
        return "InsuranceToken[…]";
    }
}
