package org.countyhub.imaging.peers;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.regex.Pattern;

/** Addresses that begin with the same bits, such as {@code 10.1.0.0/16}, or one address. No names: whoever answers for a name could let others in. */
public final class AddressRange {
    private static final Pattern V4 = Pattern.compile("[0-9]{1,3}(\\.[0-9]{1,3}){3}");
    private static final Pattern V6 = Pattern.compile("[0-9A-Fa-f:.]*:[0-9A-Fa-f:.]*");

    private final byte[] network;
    private final int bits;
    private final String text;

    private AddressRange(byte[] network, int bits, String text) {
        this.network = network;
        this.bits = bits;
        this.text = text;
    }

    /** @throws IllegalArgumentException where it is no address, or has bits beyond the prefix */
    public static AddressRange of(String text) {
        int slash = text.indexOf('/');
        byte[] address = literal(slash < 0 ? text : text.substring(0, slash), text);
        int most = 8 * address.length;
        int bits = slash < 0 ? most : prefix(text.substring(slash + 1), most, text);
        for (int bit = bits; bit < most; bit++) {
            if ((address[bit / 8] >> (7 - bit % 8) & 1) != 0) {
                throw new IllegalArgumentException(text + " has bits beyond its prefix of " + bits);
            }
        }
        return new AddressRange(address, bits, text);
    }

    private static byte[] literal(String address, String text) {
        if (V4.matcher(address).matches() || V6.matcher(address).matches()) {
            try {
                return InetAddress.getByName(address).getAddress();
            } catch (UnknownHostException e) {
                throw new IllegalArgumentException(text + " is no IP address", e);
            }
        }
        throw new IllegalArgumentException(text + " is no IP address, nor addresses such as 10.1.0.0/16");
    }

    private static int prefix(String digits, int most, String text) {
        if (digits.matches("[0-9]{1,3}") && Integer.parseInt(digits) <= most) {
            return Integer.parseInt(digits);
        }
        throw new IllegalArgumentException(text + " has a prefix that is not from 0 to " + most);
    }

    public boolean contains(InetAddress address) {
        byte[] other = address.getAddress();
        return other.length == network.length && sameBits(network, other, bits);
    }

    boolean overlaps(AddressRange other) {
        return network.length == other.network.length && sameBits(network, other.network, Math.min(bits, other.bits));
    }

    private static boolean sameBits(byte[] one, byte[] other, int bits) {
        int whole = bits / 8;
        int rest = bits % 8;
        return Arrays.equals(one, 0, whole, other, 0, whole)
                && (rest == 0 || ((one[whole] ^ other[whole]) & 0xFF) >> (8 - rest) == 0);
    }

    @Override
    public String toString() {
        return text;
    }
}
