/**
 * The FHIR server as the imaging bridge sees it, over FHIR's REST interface only: what the index holds is published there, orders
 * and reports are linked, and people are asked for. No DICOM toolkit, no store, no edge.
 */
@NullMarked
package org.countyhub.imaging.remote;

import org.jspecify.annotations.NullMarked;
