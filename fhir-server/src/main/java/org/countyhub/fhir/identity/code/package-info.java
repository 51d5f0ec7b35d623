/**
 * What a card or number of a person tells by itself: whether it can be right, and what is in it. Nothing here asks a
 * database or a clock, and nothing but {@link org.countyhub.fhir.identity.code.KeyStoreRootKey} reads a file.
 */
@NullMarked
package org.countyhub.fhir.identity.code;

import org.jspecify.annotations.NullMarked;
