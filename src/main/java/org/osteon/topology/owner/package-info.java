/**
 * What is remembered of who owned a partition, so that the next owner knows which records were in
 * the hands of one that died: after two deaths these are tried alone.
 *
 * <p>For {@link org.osteon.topology.classify}. Start reading at {@link
 * org.osteon.topology.owner.Suspects}.
 */
@NullMarked
package org.osteon.topology.owner;

import org.jspecify.annotations.NullMarked;
