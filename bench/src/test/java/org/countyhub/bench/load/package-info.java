@NullMarked
package org.countyhub.bench.load;

import org.jspecify.annotations.NullMarked;
