/**
 * Who is who: the county's persons behind the patients of the hospitals. Sources stay as sent; only links are made, and
 * each can be explained and undone.
 */
@NullMarked
package org.countyhub.fhir.identity;

import org.jspecify.annotations.NullMarked;
