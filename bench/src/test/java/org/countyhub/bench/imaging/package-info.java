@NullMarked
package org.countyhub.bench.imaging;

import org.jspecify.annotations.NullMarked;
