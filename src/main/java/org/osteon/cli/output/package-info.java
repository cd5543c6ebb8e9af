/**
 * How commands show things to people: tables of records, JSON lines, errors as one sentence.
 *
 * <p>For the commands alone. Start reading at {@link org.osteon.cli.output.RecordTable}.
 */
@NullMarked
package org.osteon.cli.output;

import org.jspecify.annotations.NullMarked;
