package org.osteon.service.meters;

import io.micrometer.core.instrument.Meter;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.osteon.batch.contract.DecodedView;
import org.osteon.batch.contract.PipelineListener;
import org.osteon.event.ClassificationResult;
import org.osteon.event.ImageSummary;
import org.osteon.event.LabelProbability;
import org.osteon.limit.BoundedMap;
import org.osteon.metrics.ModelMetric;
import org.osteon.model.InputReference;
import org.osteon.model.ModelVersion;
import org.osteon.service.meters.FeatureWindows.Feature;
import org.osteon.topology.listen.TopologyListener;

/**
 * What comes in against what the running version was made from: sizes, greys, body parts and
 * confidence of the last images, of all and by facility. Memory is bounded by the window and the
 * number of facilities.
 *
 * <p><b>Threading.</b> Any.
 */
final class InputDrift implements PipelineListener, TopologyListener {
  /** Images between their decoding and their result: more than any pipeline holds. */
  private static final int MOST_UNDER_WAY = 4096;

  private final Meters meters;
  private final int most;
  private final int mostFacilities;
  private final Map<String, FeatureWindows> facilities = new HashMap<>();
  private final List<Meter.Id> ofFacilities = new ArrayList<>();

  /** Greys of planes by the image's digest: whose facility it is, only the result says. */
  private final Map<String, int[]> lately = BoundedMap.byAge(MOST_UNDER_WAY);

  private @Nullable InputReference reference;
  private volatile FeatureWindows all;

  /**
   * @param most images in a window
   * @param mostFacilities that are held by themselves, those that come first; 0 for none
   */
  InputDrift(Meters meters, int most, int mostFacilities) {
    this.meters = meters;
    this.most = most;
    this.mostFacilities = mostFacilities;
    this.all = new FeatureWindows(null, most);
    for (Feature feature : Feature.values()) {
      meters.gauge(ModelMetric.INPUT_DRIFT, this, drift -> drift.all.index(feature), feature.label);
      meters.gauge(
          ModelMetric.INPUT_DRIFT_IMAGES, this, drift -> drift.all.images(feature), feature.label);
    }
  }

  /** From now on it is held against this version's reference; none, where it has none. */
  synchronized void begin(ModelVersion version) {
    reference = InputReference.of(version).orElse(null);
    all = new FeatureWindows(reference, most);
    ofFacilities.forEach(meters::remove);
    ofFacilities.clear();
    facilities.clear();
    lately.clear();
  }

  @Override
  public void seen(DecodedView sight) {
    FeatureWindows windows = all;
    int[] greys = windows.binned(sight.plane());
    if (greys == null) {
      return;
    }
    windows.greys(greys);
    if (mostFacilities > 0) {
      synchronized (this) {
        // Bins of a version that answers no longer are none of the next one's.
        if (windows == all) {
          lately.put(sight.sha256(), greys);
        }
      }
    }
  }

  @Override
  public void forwarded(ClassificationResult result) {
    add(all, result);
    int[] greys;
    FeatureWindows here;
    synchronized (this) {
      greys = lately.get(result.getImage().getSha256());
      here = at(result.getFacility());
    }
    if (here != null) {
      add(here, result);
      if (greys != null) {
        here.greys(greys);
      }
    }
  }

  /** The windows of a facility; null where it is one too many, or the version has no reference. */
  private @Nullable FeatureWindows at(String facility) {
    FeatureWindows known = facilities.get(facility);
    if (known != null || reference == null || facilities.size() >= mostFacilities) {
      return known;
    }
    FeatureWindows windows = new FeatureWindows(reference, most);
    facilities.put(facility, windows);
    for (Feature feature : Feature.values()) {
      ofFacilities.add(
          meters.gauge(
              ModelMetric.FACILITY_DRIFT, windows, w -> w.index(feature), feature.label, facility));
      ofFacilities.add(
          meters.gauge(
              ModelMetric.FACILITY_DRIFT_IMAGES,
              windows,
              w -> w.images(feature),
              feature.label,
              facility));
    }
    return windows;
  }

  private static void add(FeatureWindows windows, ClassificationResult result) {
    ImageSummary image = result.getImage();
    windows.add(Feature.SIZE, Math.max(image.getWidth(), image.getHeight()));
    if (result.getRollout() == null) {
      // A canary's confidence is not the running version's.
      windows.add(Feature.CONFIDENCE, largest(result));
    }
    windows.bodyPart(result.getBodyPart());
  }

  /** The largest probability, which is what training kept: the label may be another's. */
  private static double largest(ClassificationResult result) {
    return result.getProbabilities().stream()
        .mapToDouble(LabelProbability::getProbability)
        .max()
        .orElse(result.getConfidence());
  }
}
