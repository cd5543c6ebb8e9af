/**
 * Publishers and consumers as others would write them: of Osteon's, they use the generated Avro
 * classes alone.
 */
@NullMarked
package org.osteon.examples;

import org.jspecify.annotations.NullMarked;
