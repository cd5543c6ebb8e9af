package org.osteon.kubernetes;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Whatever is wrong with a set of objects: each by itself, then with each other. */
final class Faults {
  private Faults() {}

  static List<String> of(List<JsonNode> objects) throws IOException {
    List<String> faults = new ArrayList<>();
    for (JsonNode object : objects) {
      faults.addAll(StrictModel.faults(object));
    }
    if (!faults.isEmpty()) {
      return faults;
    }
    faults.addAll(Consistency.faults(objects));
    faults.addAll(Sizing.faults(objects));
    faults.addAll(SiteKey.faults(objects));
    return faults;
  }
}
