@NullMarked
package org.countyhub.imaging.pages;

import org.jspecify.annotations.NullMarked;
