package org.osteon.trial;

import java.nio.file.Path;
import java.time.Duration;
import org.osteon.image.ImageLimits;

/**
 * How a trial is held.
 *
 * @param folder of the model version
 * @param precision the variant that runs, e.g. {@code f32}
 * @param device that it runs on, e.g. {@code cpu}
 * @param limits of images
 * @param patience for one image, decoded and asked about
 */
public record TrialTerms(
    Path folder, String precision, String device, ImageLimits limits, Duration patience) {}
