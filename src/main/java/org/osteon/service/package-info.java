/** Wiring, health, metrics and the drain on shutdown. */
@NullMarked
package org.osteon.service;

import org.jspecify.annotations.NullMarked;
