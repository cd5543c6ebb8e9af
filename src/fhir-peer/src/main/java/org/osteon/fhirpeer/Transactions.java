package org.osteon.fhirpeer;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.rest.annotation.Transaction;
import ca.uhn.fhir.rest.annotation.TransactionParam;
import ca.uhn.fhir.rest.server.exceptions.InternalErrorException;
import ca.uhn.fhir.rest.server.exceptions.InvalidRequestException;
import ca.uhn.fhir.rest.server.exceptions.PreconditionFailedException;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.eclipse.jetty.ee10.servlet.ServletContextRequest;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.Bundle.BundleEntryComponent;
import org.hl7.fhir.r4.model.Bundle.BundleEntryRequestComponent;
import org.hl7.fhir.r4.model.Bundle.HTTPVerb;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.Resource;

/**
 * The system's transaction (R4, section 3.1.0.11.2): conditional updates and creates by one
 * identifier, references between entries, all or nothing.
 *
 * <p><b>Threading.</b> One transaction at a time.
 */
public final class Transactions {
  private final FhirContext context;
  private final ResourceFolder resources;

  Transactions(FhirContext context, Path folder) throws IOException {
    this.context = context;
    this.resources = new ResourceFolder(context, folder);
  }

  /**
   * Does all of it, or nothing.
   *
   * @return an entry for each, with its status and where it lies
   */
  @Transaction
  public synchronized Bundle transaction(@TransactionParam Bundle input, HttpServletRequest http) {
    if (input.getType() != Bundle.BundleType.TRANSACTION) {
      throw new InvalidRequestException("It is no transaction.");
    }
    Map<String, String> ids = new HashMap<>();
    Map<String, Resource> written = new LinkedHashMap<>();
    Bundle answer = new Bundle();
    answer.setType(Bundle.BundleType.TRANSACTIONRESPONSE);
    for (BundleEntryComponent entry : input.getEntry()) {
      String type = entry.getResource().fhirType();
      List<String> there = matches(type, entry.getRequest());
      boolean isNew = there.isEmpty();
      String id = isNew ? type + "/" + UUID.randomUUID() : there.get(0);
      ids.put(entry.getFullUrl(), id);
      if (isNew || entry.getRequest().getMethod() == HTTPVerb.PUT) {
        written.put(id, entry.getResource());
      }
      answer.addEntry().getResponse().setStatus(isNew ? "201 Created" : "200 OK").setLocation(id);
    }
    written.values().forEach(each -> resolve(each, ids));
    try {
      resources.write(written);
    } catch (IOException e) {
      throw new InternalErrorException(e);
    }
    if (Boolean.TRUE.equals(http.getAttribute(Plan.LOST))) {
      ServletContextRequest.getServletContextRequest(http)
          .getConnectionMetaData()
          .getConnection()
          .getEndPoint()
          .close();
    }
    return answer;
  }

  private List<String> matches(String type, BundleEntryRequestComponent request) {
    String query =
        switch (request.getMethod()) {
          case PUT -> request.getUrl().replaceFirst("^" + type + "\\?", "");
          case POST -> request.getIfNoneExist();
          default -> throw new InvalidRequestException("Only PUT and POST.");
        };
    if (query == null || !query.startsWith("identifier=")) {
      throw new InvalidRequestException("Only by identifier: " + query);
    }
    String token =
        URLDecoder.decode(query.substring("identifier=".length()), StandardCharsets.UTF_8);
    int bar = token.indexOf('|');
    List<String> matches = resources.find(type, token.substring(0, bar), token.substring(bar + 1));
    if (matches.size() > 1) {
      throw new PreconditionFailedException(matches.size() + " match " + type + "?" + query);
    }
    return matches;
  }

  private void resolve(Resource resource, Map<String, String> ids) {
    for (Reference each :
        context.newTerser().getAllPopulatedChildElementsOfType(resource, Reference.class)) {
      if (each.hasReference() && each.getReference().startsWith("urn:uuid:")) {
        String id = ids.get(each.getReference());
        if (id == null) {
          throw new InvalidRequestException("No entry is " + each.getReference());
        }
        each.setReference(id);
      }
    }
  }
}
