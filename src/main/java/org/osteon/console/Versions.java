package org.osteon.console;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.osteon.event.ModelDeployment;
import org.osteon.event.topics.CanaryRecords;

/**
 * What replicas were told to run, by place, and how the last canary ended.
 *
 * <p><b>Threading.</b> Any thread.
 */
final class Versions {
  private static final List<String> PLACES = List.of("active", "canary", "shadow", "previous");

  /** Of the topic, by key. */
  private final Map<String, ModelDeployment> latest = new HashMap<>();

  /**
   * A version and its place.
   *
   * @param note more of it; may be empty
   */
  record Placed(String place, ModelDeployment version, String note) {}

  /**
   * @param key of the record
   * @param version null where there is none of that key from now on
   */
  synchronized void take(String key, @Nullable ModelDeployment version) {
    if (version == null) {
      latest.remove(key);
    } else {
      latest.put(key, version);
    }
  }

  /** Those that matter most first. */
  synchronized List<Placed> all() {
    List<Placed> all = new ArrayList<>();
    for (String place : PLACES) {
      Optional.ofNullable(latest.get(place))
          .filter(each -> !place.equals("canary") || CanaryRecords.current(latest).isPresent())
          .ifPresent(each -> all.add(new Placed(place, each, note(each))));
    }
    CanaryRecords.decision(latest)
        .ifPresent(
            last ->
                all.add(
                    new Placed(
                        "last canary, " + last.getMode().name().toLowerCase(Locale.ROOT),
                        last,
                        last.getReason() == null ? "" : last.getReason())));
    return all;
  }

  private static String note(ModelDeployment version) {
    return version.getShare() == null
        ? ""
        : String.format(Locale.ROOT, "answers %.0f %% of the studies", version.getShare() * 100);
  }

  /** {@code name/version}. */
  static String label(ModelDeployment version) {
    return version.getName() + "/" + version.getVersion();
  }
}
