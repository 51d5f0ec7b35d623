/** What the edges that speak HTTP have in common. */
@NullMarked
package org.countyhub.imaging.http;

import org.jspecify.annotations.NullMarked;
