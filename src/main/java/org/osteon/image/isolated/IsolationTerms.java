package org.osteon.image.isolated;

import java.time.Duration;
import org.osteon.image.ImageLimits;

/**
 * How a decode process is held.
 *
 * @param limits what is refused before a pixel is decoded
 * @param processes that decode at once
 * @param patience for one image; then its process is killed
 * @param heapMb of each process, in MiB
 * @param nativeMb address space in MiB that it may take beside its heap once it has started
 */
public record IsolationTerms(
    ImageLimits limits, int processes, Duration patience, int heapMb, int nativeMb) {}
