package org.osteon.house;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackages;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** The borders between the rooms of the house, as {@code docs/architecture.md} draws them. */
@AnalyzeClasses(packages = "org.osteon", importOptions = ImportOption.DoNotIncludeTests.class)
class BordersTest {
  @ArchTest
  static final ArchRule batchKnowsNothingOfKafka =
      noClasses()
          .that()
          .resideInAPackage("org.osteon.batch..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "org.apache.kafka..",
              "org.osteon.topology..",
              "org.osteon.event..",
              "org.osteon.service..",
              "ai.djl..");

  @ArchTest
  static final ArchRule fetchingKnowsNothingOfKafka =
      noClasses()
          .that()
          .resideInAPackage("org.osteon.fetch..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "org.apache.kafka..",
              "org.osteon.topology..",
              "org.osteon.event..",
              "org.osteon.batch..",
              "org.osteon.service..");

  @ArchTest
  static final ArchRule onlyFetchingKnowsStores =
      noClasses()
          .that()
          .resideOutsideOfPackage("org.osteon.fetch..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("software.amazon..", "org.apache.hc.client5..", "land.oras..");

  @ArchTest
  static final ArchRule theDicomNetworkKnowsNothingElse =
      noClasses()
          .that()
          .resideInAPackage("org.osteon.dimse..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "org.apache..",
              "org.osteon.event..",
              "org.osteon.image..",
              "org.osteon.gateway..",
              "org.osteon.config..",
              "org.osteon.fetch..");

  @ArchTest
  static final ArchRule identitiesKnowNothingOfImagesOrTargets =
      noClasses()
          .that()
          .resideInAPackage("org.osteon.identity..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "org.osteon.image..",
              "org.osteon.gateway..",
              "org.osteon.deliver..",
              "org.osteon.dimse..",
              "org.osteon.service..",
              "org.osteon.topology..");

  @ArchTest
  static final ArchRule onlyWhoStandsAtTheSitesEdgeKnowsIdentities =
      noClasses()
          .that()
          .resideOutsideOfPackages(
              "org.osteon.identity..",
              "org.osteon.gateway..",
              "org.osteon.deliver..",
              "org.osteon.reports..",
              "org.osteon.cli..",
              "org.osteon.demo..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("org.osteon.identity..");

  @ArchTest
  static final ArchRule deliveringStandsOutsideOfTheService =
      noClasses()
          .that()
          .resideInAPackage("org.osteon.deliver..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "org.osteon.service..",
              "org.osteon.topology..",
              "org.osteon.batch..",
              "org.osteon.model..",
              "org.osteon.gateway..",
              "ai.djl..");

  @ArchTest
  static final ArchRule twoRoomsKnowHl7 =
      noClasses()
          .that()
          .resideOutsideOfPackages("org.osteon.deliver.hl7..", "org.osteon.reports..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("ca.uhn..");

  @ArchTest
  static final ArchRule roomsWithinDeliveringFormNoCycles =
      slices().matching("org.osteon.deliver.(*)..").should().beFreeOfCycles();

  @ArchTest
  static final ArchRule whatAVersionIsWorthIsReckonedOutsideOfTheService =
      noClasses()
          .that()
          .resideInAnyPackage("org.osteon.performance..", "org.osteon.truth..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
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
      noClasses()
          .that()
          .resideInAPackage("org.osteon.teaching..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
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
  static final ArchRule roomsWithinPerformanceFormNoCycles =
      slices().matching("org.osteon.performance.(*)..").should().beFreeOfCycles();

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
      noClasses()
          .that()
          .resideInAPackage("org.osteon.topology..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "ai.djl..", "org.osteon.model..", "org.osteon.service..", "org.bytedeco..");

  @ArchTest
  static final ArchRule onlyTheModelKnowsDjl =
      noClasses()
          .that()
          .resideOutsideOfPackages("org.osteon.model..", "org.osteon.bench..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("ai.djl..");

  @ArchTest
  static final ArchRule onlyImagesKnowOpenCv =
      noClasses()
          .that()
          .resideOutsideOfPackages("org.osteon.image..", "org.osteon.bench..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("org.bytedeco..");

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
      noClasses()
          .that()
          .resideOutsideOfPackages(
              "org.osteon.demo..", "org.osteon.bench..", "org.osteon.sandbox..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "org.osteon.sandbox..",
              "kafka..",
              "org.apache.kafka.server..",
              "org.apache.kafka.metadata..");

  @ArchTest
  static final ArchRule clientsStandOutsideOfTheService =
      noClasses()
          .that()
          .resideInAPackage("org.osteon.client..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "org.osteon.service..",
              "org.osteon.topology..",
              "org.osteon.batch..",
              "org.osteon.model..",
              "org.osteon.cli..",
              "info.picocli..");

  @ArchTest
  static final ArchRule theConsoleStandsOutsideOfTheService =
      noClasses()
          .that()
          .resideInAPackage("org.osteon.console..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "org.osteon.service..",
              "org.osteon.topology..",
              "org.osteon.batch..",
              "info.picocli..");

  @ArchTest
  static final ArchRule onlyTheConsolesPicturesAskAModel =
      noClasses()
          .that()
          .resideInAPackage("org.osteon.console")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("org.osteon.model..", "org.osteon.image..", "ai.djl..");

  @ArchTest
  static final ArchRule nothingDependsOnTheCommands =
      noClasses()
          .that()
          .resideOutsideOfPackage("org.osteon.cli..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("org.osteon.cli..");

  @ArchTest
  static final ArchRule roomsWithinImagesFormNoCycles =
      slices().matching("org.osteon.image.(**)").should().beFreeOfCycles();

  @ArchTest
  static final ArchRule roomsWithinDataSetsFormNoCycles =
      slices().matching("org.osteon.dataset.(**)").should().beFreeOfCycles();

  @ArchTest
  static final ArchRule roomsWithinTheTopologyFormNoCycles =
      slices().matching("org.osteon.topology.(*)").should().beFreeOfCycles();

  @ArchTest
  static final ArchRule roomsWithinTheServiceFormNoCycles =
      slices().matching("org.osteon.service.(*)").should().beFreeOfCycles();

  @ArchTest
  static final ArchRule roomsFormNoCycles =
      slices().matching("org.osteon.(*)..").should().beFreeOfCycles();
}
