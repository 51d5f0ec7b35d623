/**
 * The forms in which a client may send or ask for a resource: JSON or XML, plain or indented, whole or a subset. Pure.
 */
@NullMarked
package org.countyhub.fhir.resource.format;

import org.jspecify.annotations.NullMarked;
