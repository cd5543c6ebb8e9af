package org.osteon.deliver.fhir;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.util.ArrayList;
import java.util.List;
import org.osteon.deliver.destination.Outcome;
import org.osteon.deliver.destination.Outcome.Reasons;

/** What a server's answer to a transaction means. */
final class Answers {
  private static final ObjectMapper JSON = new ObjectMapper();

  private Answers() {}

  /**
   * @param status of HTTP
   * @param body as it came, a bundle or an OperationOutcome where it is FHIR's
   */
  static Outcome outcome(int status, String body) {
    JsonNode answer = read(body);
    String words = ("HTTP " + status + " " + words(answer)).trim();
    return switch (status) {
      case 200, 201 -> taken(answer);
      // Nothing of this message is wrong, and nothing is lost by waiting: sign-on, address, load.
      case 401, 403, 404, 405, 408, 429, 502, 503, 504 -> new Outcome.Away(words);
      // Somebody else changed the same just now, or the server fell over this one.
      case 409, 500 -> new Outcome.NotNow(words);
      default ->
          status >= 400 && status < 500
              ? new Outcome.Refused(Reasons.REFUSED, words)
              : new Outcome.Away(words);
    };
  }

  /** A portal or a proxy may say 200 as well. */
  private static Outcome taken(JsonNode answer) {
    if (!answer.path("type").asText().equals("transaction-response")) {
      return new Outcome.Away("The answer is no transaction-response: is it a FHIR server?");
    }
    for (JsonNode entry : answer.path("entry")) {
      String status = entry.path("response").path("status").asText();
      if (!status.startsWith("2")) {
        return new Outcome.NotNow("One entry was not taken: " + status);
      }
    }
    return new Outcome.Delivered();
  }

  private static String words(JsonNode outcome) {
    List<String> words = new ArrayList<>();
    for (JsonNode issue : outcome.path("issue")) {
      String said = issue.path("diagnostics").asText();
      words.add(said.isEmpty() ? issue.path("details").path("text").asText() : said);
    }
    return String.join("; ", words);
  }

  private static JsonNode read(String body) {
    try {
      JsonNode read = JSON.readTree(body);
      return read == null ? MissingNode.getInstance() : read;
    } catch (JsonProcessingException e) {
      return MissingNode.getInstance();
    }
  }
}
