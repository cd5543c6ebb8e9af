package org.osteon.demo.hospital;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import java.util.SortedMap;

/**
 * What an archive holds of one study.
 *
 * @param modalities how many instances of each
 * @param impressions what its reports say to a person, and how many say it
 */
record StudyContent(Map<String, Integer> modalities, SortedMap<String, Integer> impressions) {
  int images() {
    return modalities.getOrDefault("DX", 0);
  }

  int reports() {
    return modalities.getOrDefault("SR", 0);
  }

  int captures() {
    return modalities.getOrDefault("OT", 0);
  }

  /** Whether a report and a capture of each image are there. */
  boolean isComplete(int sent) {
    return images() == sent && reports() == sent && captures() == sent;
  }

  /** The text of a report's impression (DCM 121073), wherever it stands in the tree. */
  static String impression(JsonNode report) {
    for (JsonNode item : report.path("ContentSequence")) {
      String concept = item.at("/ConceptNameCodeSequence/0/CodeValue").asText();
      if (concept.equals("121073")) {
        return item.path("TextValue").asText();
      }
      String within = impression(item);
      if (!within.isEmpty()) {
        return within;
      }
    }
    return "";
  }
}
