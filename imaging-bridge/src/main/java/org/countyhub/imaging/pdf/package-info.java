/**
 * PDF files (ISO 32000-1), whatever stands in them: pages in millimetres, text in letters that are part of the file, and lines broken as Chinese
 * is. The only package that knows the library.
 */
@NullMarked
package org.countyhub.imaging.pdf;

import org.jspecify.annotations.NullMarked;
