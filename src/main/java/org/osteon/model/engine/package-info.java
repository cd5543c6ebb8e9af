/**
 * A version at work: DJL's engine, the golden check on this very machine, which variant and how
 * many threads, and where a graph looks. Start reading at {@link org.osteon.model.engine.DjlModel}.
 * The only room that touches DJL.
 */
@NullMarked
package org.osteon.model.engine;

import org.jspecify.annotations.NullMarked;
