/** Signed reports as PDF files: what stands where on a page. Pure: from a report and its study to bytes. */
@NullMarked
package org.countyhub.imaging.report;

import org.jspecify.annotations.NullMarked;
