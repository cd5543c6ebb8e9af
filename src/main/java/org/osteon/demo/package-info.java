/**
 * An embedded broker, a real registry as a child process, and radiographs the project draws itself.
 */
@NullMarked
package org.osteon.demo;

import org.jspecify.annotations.NullMarked;
