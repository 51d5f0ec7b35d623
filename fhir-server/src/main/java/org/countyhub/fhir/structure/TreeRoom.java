package org.countyhub.fhir.structure;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import org.countyhub.kernel.Fault;
import org.countyhub.kernel.Problem;

/**
 * How large a tree may become: two bytes of text such as {@code []} can become two hundred bytes of objects, so that a body of
 * 60 MB fills a heap that 60 MB of records do not. A tree may take two thirds of the heap, about half more than records in a
 * body of the usual bound and a heap of the usual size. Counts what objects of a 64-bit JVM take at least. For one tree.
 */
final class TreeRoom {
    /** The node, its map and the map's first table. */
    private static final int OBJECT_BYTES = 160;
    /** A name is shared by all that have it; its place in the map is not. */
    private static final int PROPERTY_BYTES = 40;
    /** No type of R4 has so many elements: names beyond these are made up, and shared with nobody. */
    private static final int MAX_SHARED_NAMES = 200;

    private static final int NAME_BYTES = 120;
    /** A place in a list, which is copied as it grows. */
    private static final int ITEM_BYTES = 24;
    /** The node, its list and the list's first array. */
    private static final int ARRAY_BYTES = 100;
    /** The node and a string of a few characters; longer ones are bounded by the body. */
    private static final int SCALAR_BYTES = 64;

    private long left;

    TreeRoom() {
        this(Runtime.getRuntime().maxMemory() / 3 * 2);
    }

    /** Room beside a body and its text, both of which are kept while the tree is built. */
    static TreeRoom beside(String text) {
        int bytesForEachCharacter = isLatin(text) ? 1 : 2;
        return new TreeRoom(
                Runtime.getRuntime().maxMemory() / 3 * 2 - (long) text.length() * (bytesForEachCharacter + 1));
    }

    /** Such text takes half of the memory (JEP 254). */
    private static boolean isLatin(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) > 0xFF) {
                return false;
            }
        }
        return true;
    }

    TreeRoom(long bytes) {
        this.left = bytes;
    }

    void object() {
        take(OBJECT_BYTES);
    }

    void property() {
        take(PROPERTY_BYTES);
    }

    /** @param before how many properties the object has already */
    void property(int before) {
        take(before < MAX_SHARED_NAMES ? PROPERTY_BYTES : PROPERTY_BYTES + NAME_BYTES);
    }

    void item() {
        take(ITEM_BYTES);
    }

    void array() {
        take(ARRAY_BYTES);
    }

    void scalar() {
        take(SCALAR_BYTES);
    }

    /** Room for a property, or an item, and its value; not for what is in it. */
    void value(JsonNode value) {
        property();
        switch (value.getNodeType()) {
            case OBJECT -> object();
            case ARRAY -> array();
            default -> scalar();
        }
    }

    private void take(int bytes) {
        left -= bytes;
        if (left < 0) {
            throw new Problem.TooLarge(List.of(Fault.of(
                            "too-costly", "the body holds more values than there is memory for; send it in several")))
                    .exception();
        }
    }
}
