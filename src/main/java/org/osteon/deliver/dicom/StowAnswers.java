package org.osteon.deliver.dicom;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.util.ArrayList;
import java.util.List;
import org.osteon.deliver.destination.Outcome;
import org.osteon.deliver.destination.Outcome.Reasons;
import org.osteon.dimse.StoreStatus;

/** What an archive's answer to STOW-RS means (PS3.18 section 10.5.3, in DICOM JSON). */
final class StowAnswers {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String FAILED = "00081198";
  private static final String REFERENCED = "00081199";
  private static final String REASON = "00081197";

  /** PS3.7 section C.4.2: it is there already, and what we send twice is the same. */
  private static final int DUPLICATE = 0x0111;

  private StowAnswers() {}

  /**
   * @param status of HTTP
   * @param body as it came
   * @param sent how many instances were
   */
  static Outcome outcome(int status, String body, int sent) {
    JsonNode answer = read(body);
    return switch (status) {
      case 200, 202, 409 -> each(status, answer, sent);
      // Nothing of this message is wrong, and nothing is lost by waiting: sign-on, address, load.
      case 401, 403, 404, 405, 408, 429, 502, 503, 504 -> new Outcome.Away("HTTP " + status);
      case 500 -> new Outcome.NotNow("HTTP " + status);
      case 406, 415 ->
          new Outcome.Refused(
              Reasons.NOT_NEGOTIATED, "HTTP " + status + ": it takes no such part.");
      default ->
          status >= 400 && status < 500
              ? new Outcome.Refused(Reasons.REFUSED, "HTTP " + status)
              : new Outcome.Away("HTTP " + status);
    };
  }

  private static Outcome each(int status, JsonNode answer, int sent) {
    List<StoreStatus> failures = new ArrayList<>();
    for (JsonNode item : answer.path(FAILED).path("Value")) {
      int reason = item.at("/" + REASON + "/Value/0").asInt(StoreStatus.PROCESSING_FAILURE);
      if (reason != DUPLICATE) {
        failures.add(new StoreStatus(reason, ""));
      }
    }
    if (failures.isEmpty()) {
      int named =
          answer.path(REFERENCED).path("Value").size() + answer.path(FAILED).path("Value").size();
      // A portal or a proxy may say 200 as well.
      return named >= sent
          ? new Outcome.Delivered()
          : new Outcome.Away(
              "HTTP %d names %d of %d instances: is it a DICOMweb server?"
                  .formatted(status, named, sent));
    }
    String words = "HTTP %d, failure reason %04X".formatted(status, failures.get(0).code()).trim();
    if (failures.stream().anyMatch(StoreStatus::forTheMoment)) {
      return new Outcome.Away(words);
    }
    return failures.stream().allMatch(each -> each.code() == StoreStatus.PROCESSING_FAILURE)
        ? new Outcome.NotNow(words)
        : new Outcome.Refused(Reasons.REFUSED, words);
  }

  private static JsonNode read(String body) {
    try {
      JsonNode read = JSON.readTree(body);
      JsonNode first = read != null && read.isArray() ? read.path(0) : read;
      return first == null ? MissingNode.getInstance() : first;
    } catch (JsonProcessingException e) {
      return MissingNode.getInstance();
    }
  }
}
