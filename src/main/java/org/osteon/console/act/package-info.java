/**
 * How a form of the console acts: who may, what is asked, and what is written down of it.
 *
 * <p>For {@link org.osteon.console}, whose actions implement {@link org.osteon.console.act.Action}.
 * Start reading at {@link org.osteon.console.act.ActionDoor}.
 */
@NullMarked
package org.osteon.console.act;

import org.jspecify.annotations.NullMarked;
