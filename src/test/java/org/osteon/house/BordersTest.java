package org.osteon.house;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackages;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.syntax.elements.GivenClassesConjunction;

/** The borders between the rooms of the house, as {@code docs/architecture.md} draws them. */
@AnalyzeClasses(packages = "org.osteon", importOptions = ImportOption.DoNotIncludeTests.class)
class BordersTest {
  @ArchTest
  static final ArchRule batchKnowsNothingOfKafka =
      nothingIn("org.osteon.batch..")
          .mayUse(
              "org.apache.kafka..",
              "org.osteon.topology..",
              "org.osteon.event..",
              "org.osteon.service..",
              "ai.djl..");

  @ArchTest
  static final ArchRule fetchingKnowsNothingOfKafka =
      nothingIn("org.osteon.fetch..")
          .mayUse(
              "org.apache.kafka..",
              "org.osteon.topology..",
              "org.osteon.event..",
              "org.osteon.batch..",
              "org.osteon.service..");

  @ArchTest
  static final ArchRule onlyFetchingKnowsStores =
      nothingOutsideOf("org.osteon.fetch..")
          .mayUse("software.amazon..", "org.apache.hc.client5..", "land.oras..");

  @ArchTest
  static final ArchRule theDicomNetworkKnowsNothingElse =
      nothingIn("org.osteon.dimse..")
          .mayUse(
              "org.apache..",
              "org.osteon.event..",
              "org.osteon.image..",
              "org.osteon.gateway..",
              "org.osteon.config..",
              "org.osteon.fetch..");

  @ArchTest
  static final ArchRule identitiesKnowNothingOfImagesOrTargets =
      nothingIn("org.osteon.identity..")
          .mayUse(
              "org.osteon.image..",
              "org.osteon.gateway..",
              "org.osteon.deliver..",
              "org.osteon.dimse..",
              "org.osteon.service..",
              "org.osteon.topology..");

  @ArchTest
  static final ArchRule onlyWhoStandsAtTheSitesEdgeKnowsIdentities =
      nothingOutsideOf(
              "org.osteon.identity..",
              "org.osteon.gateway..",
              "org.osteon.deliver..",
              "org.osteon.reports..",
              "org.osteon.cli..",
              "org.osteon.demo..")
          .mayUse("org.osteon.identity..");

  @ArchTest
  static final ArchRule deliveringStandsOutsideOfTheService =
      nothingIn("org.osteon.deliver..")
          .mayUse(
              "org.osteon.service..",
              "org.osteon.topology..",
              "org.osteon.batch..",
              "org.osteon.model..",
              "org.osteon.gateway..",
              "ai.djl..");

  @ArchTest
  static final ArchRule twoRoomsKnowHl7 =
      nothingOutsideOf("org.osteon.deliver.hl7..", "org.osteon.reports..").mayUse("ca.uhn..");

  @ArchTest
  static final ArchRule whatAVersionIsWorthIsReckonedOutsideOfTheService =
      nothingIn("org.osteon.performance..", "org.osteon.truth..")
          .mayUse(
              "org.osteon.service..",
              "org.osteon.topology..",
              "org.osteon.batch..",
              "org.osteon.image..",
              "org.osteon.model..",
              "org.osteon.gateway..",
              "org.osteon.identity..",
              "org.osteon.deliver..",
              "ai.djl..");

  @ArchTest
  static final ArchRule casesForTrainingAreChosenOutsideOfTheService =
      nothingIn("org.osteon.teaching..")
          .mayUse(
              "org.osteon.service..",
              "org.osteon.topology..",
              "org.osteon.batch..",
              "org.osteon.model..",
              "org.osteon.gateway..",
              "org.osteon.identity..",
              "ai.djl..");

  @ArchTest
  static final ArchRule whatStreamsNeedKnowsNothingOfWhatTheyDo =
      noClasses()
          .that()
          .resideInAPackage("org.osteon.streams..")
          .should()
          .dependOnClassesThat(
              resideInAPackage("org.osteon..")
                  .and(resideOutsideOfPackages("org.osteon.streams..", "org.osteon.config..")));

  @ArchTest
  static final ArchRule statisticsAreArithmeticAlone =
      classes()
          .that()
          .resideInAPackage("org.osteon.performance.statistics..")
          .should()
          .onlyDependOnClassesThat()
          .resideInAnyPackage("org.osteon.performance.statistics..", "java..", "org.jspecify..");

  @ArchTest
  static final ArchRule aDoorKnowsNothingOfWhatIsBehindIt =
      classes()
          .that()
          .resideInAPackage("org.osteon.http..")
          .should()
          .onlyDependOnClassesThat()
          .resideInAnyPackage(
              "org.osteon.http..",
              "org.osteon.limit..",
              "java..",
              "javax.net..",
              "org.apache.hc.core5..",
              "com.sun.net.httpserver..",
              "com.fasterxml.jackson..",
              "org.jspecify..");

  @ArchTest
  static final ArchRule limitsKnowNothingOfWhatTheyLimit =
      classes()
          .that()
          .resideInAPackage("org.osteon.limit..")
          .should()
          .onlyDependOnClassesThat()
          .resideInAnyPackage("org.osteon.limit..", "java..", "org.jspecify..");

  @ArchTest
  static final ArchRule topologyKnowsNothingOfDjl =
      nothingIn("org.osteon.topology..")
          .mayUse("ai.djl..", "org.osteon.model..", "org.osteon.service..", "org.bytedeco..");

  @ArchTest
  static final ArchRule onlyTheModelKnowsDjl =
      nothingOutsideOf("org.osteon.model.engine..", "org.osteon.bench..").mayUse("ai.djl..");

  @ArchTest
  static final ArchRule onlyImagesKnowOpenCv =
      nothingOutsideOf("org.osteon.image..", "org.osteon.bench..").mayUse("org.bytedeco..");

  @ArchTest
  static final ArchRule oneClassTouchesKafkaStreamsInternals =
      noClasses()
          .that()
          .doNotHaveFullyQualifiedName("org.osteon.topology.commit.CommitBarrier")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "org.apache.kafka.streams.processor.internals..",
              "org.apache.kafka.streams.state.internals..",
              "org.apache.kafka.streams.internals..",
              "org.apache.kafka.streams.kstream.internals..");

  @ArchTest
  static final ArchRule onlyDemoAndBenchHaveASandbox =
      nothingOutsideOf("org.osteon.demo..", "org.osteon.bench..", "org.osteon.sandbox..")
          .mayUse(
              "org.osteon.sandbox..",
              "kafka..",
              "org.apache.kafka.server..",
              "org.apache.kafka.metadata..");

  @ArchTest
  static final ArchRule clientsStandOutsideOfTheService =
      nothingIn("org.osteon.client..")
          .mayUse(
              "org.osteon.service..",
              "org.osteon.topology..",
              "org.osteon.batch..",
              "org.osteon.model..",
              "org.osteon.cli..",
              "info.picocli..");

  @ArchTest
  static final ArchRule theConsoleStandsOutsideOfTheService =
      nothingIn("org.osteon.console..")
          .mayUse(
              "org.osteon.service..",
              "org.osteon.topology..",
              "org.osteon.batch..",
              "info.picocli..");

  @ArchTest
  static final ArchRule onlyTheConsolesPicturesAskAModel =
      nothingIn("org.osteon.console")
          .mayUse("org.osteon.model..", "org.osteon.image..", "ai.djl..");

  @ArchTest
  static final ArchRule nothingDependsOnTheCommands =
      nothingOutsideOf("org.osteon.cli..").mayUse("org.osteon.cli..");

  private static Rooms nothingIn(String... packages) {
    return new Rooms(noClasses().that().resideInAnyPackage(packages));
  }

  private static Rooms nothingOutsideOf(String... packages) {
    return new Rooms(noClasses().that().resideOutsideOfPackages(packages));
  }

  /** Rooms of which a rule speaks. */
  private record Rooms(GivenClassesConjunction classes) {
    ArchRule mayUse(String... packages) {
      return classes.should().dependOnClassesThat().resideInAnyPackage(packages);
    }
  }
}
