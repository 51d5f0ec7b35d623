/** What every application of the hub shares: problems, SQL fragments, transactions, settings, the embedded database. */
@NullMarked
package org.countyhub.kernel;

import org.jspecify.annotations.NullMarked;
