package org.osteon.reports;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.osteon.event.Label;
import org.osteon.event.TruthStatus;

/** A DiagnosticReport of FHIR R4, as far as it says what was found of which study. */
final class FhirReport {
  private static final String UID_PREFIX = "urn:oid:";

  private FhirReport() {}

  /**
   * @throws IllegalArgumentException it is none, in a sentence without a word of it
   */
  static ReportedOrder read(JsonNode report, ReportMapping mapping) {
    if (!report.path("resourceType").asText().equals("DiagnosticReport")) {
      throw new IllegalArgumentException("The resource is no DiagnosticReport.");
    }
    List<JsonNode> identifiers = identifiers(report);
    return new ReportedOrder(
        study(identifiers),
        accession(identifiers),
        reading(report, mapping),
        status(report.path("status").asText()),
        time(report));
  }

  /** Its own, and those of the studies and orders that it names or contains. */
  private static List<JsonNode> identifiers(JsonNode report) {
    List<JsonNode> all = new ArrayList<>();
    report.path("identifier").forEach(all::add);
    for (String references : List.of("imagingStudy", "basedOn")) {
      report.path(references).forEach(each -> all.add(each.path("identifier")));
    }
    for (JsonNode each : report.path("contained")) {
      each.path("identifier").forEach(all::add);
    }
    return all;
  }

  private static String study(List<JsonNode> identifiers) {
    for (JsonNode each : identifiers) {
      String value = each.path("value").asText();
      if (each.path("system").asText().equals("urn:dicom:uid")) {
        return AnsweredStudies.uid(
            value.startsWith(UID_PREFIX) ? value.substring(UID_PREFIX.length()) : value);
      }
    }
    return "";
  }

  private static String accession(List<JsonNode> identifiers) {
    for (JsonNode each : identifiers) {
      for (JsonNode coding : each.path("type").path("coding")) {
        if (coding.path("code").asText().equals("ACSN")) {
          return each.path("value").asText().trim();
        }
      }
    }
    return "";
  }

  /** Codes say it, the worst of several; else the words of the conclusion. */
  private static Reading reading(JsonNode report, ReportMapping mapping) {
    List<Label> codes = new ArrayList<>();
    for (JsonNode concept : report.path("conclusionCode")) {
      for (JsonNode coding : concept.path("coding")) {
        String key = coding.path("system").asText() + "|" + coding.path("code").asText();
        Label label = mapping.codes().get(key.toUpperCase(Locale.ROOT));
        if (label != null) {
          codes.add(label);
        }
      }
    }
    return ReportedOrder.reading(codes, report.path("conclusion").asText(), mapping.words());
  }

  private static TruthStatus status(String status) {
    return switch (status) {
      case "final" -> TruthStatus.FINAL;
      case "amended", "corrected", "appended" -> TruthStatus.CORRECTED;
      case "cancelled", "entered-in-error" -> TruthStatus.WITHDRAWN;
      default -> TruthStatus.PRELIMINARY;
    };
  }

  private static Instant time(JsonNode report) {
    Instant now = Instant.now().truncatedTo(ChronoUnit.MILLIS);
    for (String field : List.of("issued", "effectiveDateTime")) {
      try {
        Instant at = OffsetDateTime.parse(report.path(field).asText()).toInstant();
        return at.isAfter(now) ? now : at.truncatedTo(ChronoUnit.MILLIS);
      } catch (DateTimeException e) {
        // A date without a time, or nothing: the next field may say more.
      }
    }
    return now;
  }
}
