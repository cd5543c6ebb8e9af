package org.osteon.bench;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * How much is measured.
 *
 * @param model folder of a model version
 * @param images folder of images to send instead of drawn ones, or null
 * @param events of each run from a backlog
 * @param repeats of each run that a ratio with a target is made of
 * @param warmSeconds of the warm-up at most; it ends sooner where the compilers are quiet
 * @param seconds of each load of the latency table
 * @param growth events of the runs that must cost the same per image, the first the fewest
 * @param waiting large images that wait while memory is measured
 * @param parts what is measured
 * @param service settings of the service that are not their defaults
 * @param json where every value goes
 * @param picture a PNG of the sweep, or null
 * @param flame an SVG of where the time of a 5 MP JPEG goes, or null
 */
public record BenchSettings(
    Path model,
    @Nullable Path images,
    int events,
    int repeats,
    int warmSeconds,
    int seconds,
    List<Integer> growth,
    int waiting,
    Set<BenchPart> parts,
    Map<String, String> service,
    Path json,
    @Nullable Path picture,
    @Nullable Path flame) {}
