package org.osteon.house;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import org.junit.jupiter.api.Tag;

/** What {@code make check} runs stays quick: a test that starts servers says so with a tag. */
@AnalyzeClasses(packages = "org.osteon", importOptions = ImportOption.OnlyIncludeTests.class)
class LanesTest {
  @ArchTest
  static final ArchRule testsThatStartServersAreTagged =
      noClasses()
          .that()
          .haveSimpleNameEndingWith("Test")
          .and()
          .areNotAnnotatedWith(Tag.class)
          .should()
          .dependOnClassesThat()
          .haveNameMatching(
              ".*\\.(Platform|S3Server|SecureBroker|GuardedRegistry|Hospital|SecureHospital"
                  + "|Reception|Demo|EmbeddedBroker|BrokerProcess|RegistryProcess)");
}
