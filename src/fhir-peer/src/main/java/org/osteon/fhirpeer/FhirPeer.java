package org.osteon.fhirpeer;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.context.support.DefaultProfileValidationSupport;
import ca.uhn.fhir.rest.server.RestfulServer;
import ca.uhn.fhir.rest.server.interceptor.RequestValidatingInterceptor;
import ca.uhn.fhir.validation.ResultSeverityEnum;
import jakarta.servlet.DispatcherType;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import org.eclipse.jetty.ee10.servlet.FilterHolder;
import org.eclipse.jetty.ee10.servlet.ServletContextHandler;
import org.eclipse.jetty.ee10.servlet.ServletHolder;
import org.eclipse.jetty.server.Server;
import org.hl7.fhir.common.hapi.validation.support.CommonCodeSystemsTerminologyService;
import org.hl7.fhir.common.hapi.validation.support.InMemoryTerminologyServerValidationSupport;
import org.hl7.fhir.common.hapi.validation.support.ValidationSupportChain;
import org.hl7.fhir.common.hapi.validation.validator.FhirInstanceValidator;
import org.hl7.fhir.r5.utils.validation.constants.BestPracticeWarningLevel;

/**
 * {@code FhirPeer PORT FOLDER PLAN}: takes transactions at {@code /r4} that HAPI's validator finds
 * no error in under R4's own definitions (whether SNOMED CT and LOINC have a code, it cannot know),
 * keeps resources in the folder, and goes on with them after a restart. The plan says what the
 * first requests get, with commas between: {@code ok}, a status of HTTP, or {@code lost}, which
 * does all of it and then ends the connection without an answer.
 */
public final class FhirPeer {
  private FhirPeer() {}

  public static void main(String[] args) throws Exception {
    Path folder = Files.createDirectories(Path.of(args[1]));
    FhirContext context = FhirContext.forR4();
    RestfulServer fhir = new RestfulServer(context);
    fhir.registerProvider(new Transactions(context, folder.resolve("resources")));
    fhir.registerInterceptor(validating(context));
    ServletContextHandler root = new ServletContextHandler();
    root.addServlet(new ServletHolder(fhir), "/r4/*");
    root.addFilter(
        new FilterHolder(new Plan(folder.resolve("requests"), List.of(args[2].split(",")))),
        "/r4/*",
        EnumSet.of(DispatcherType.REQUEST));
    Server server = new Server(Integer.parseInt(args[0]));
    server.setHandler(root);
    server.start();
    server.join();
  }

  private static RequestValidatingInterceptor validating(FhirContext context) {
    ValidationSupportChain support =
        new ValidationSupportChain(
            new DefaultProfileValidationSupport(context),
            new CommonCodeSystemsTerminologyService(context),
            new InMemoryTerminologyServerValidationSupport(context));
    FhirInstanceValidator validator = new FhirInstanceValidator(support);
    validator.setBestPracticeWarningLevel(BestPracticeWarningLevel.Ignore);
    validator.setAnyExtensionsAllowed(false);
    RequestValidatingInterceptor interceptor = new RequestValidatingInterceptor();
    interceptor.addValidatorModule(validator);
    interceptor.setFailOnSeverity(ResultSeverityEnum.ERROR);
    interceptor.setAddResponseHeaderOnSeverity(ResultSeverityEnum.FATAL);
    return interceptor;
  }
}
