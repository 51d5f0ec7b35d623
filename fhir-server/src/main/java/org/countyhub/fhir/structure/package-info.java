/**
 * What FHIR R4 says about the shape of resources: which elements a type has, of what types, how many. Built from HAPI's
 * model, used on JSON trees without building model objects.
 */
@NullMarked
package org.countyhub.fhir.structure;

import org.jspecify.annotations.NullMarked;
