package org.osteon.house;

import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** No room needs another that needs it, in the house and within its larger rooms. */
@AnalyzeClasses(packages = "org.osteon", importOptions = ImportOption.DoNotIncludeTests.class)
class CyclesTest {
  @ArchTest
  static final ArchRule roomsWithinDeliveringFormNoCycles =
      slices().matching("org.osteon.deliver.(*)..").should().beFreeOfCycles();

  @ArchTest
  static final ArchRule roomsWithinPerformanceFormNoCycles =
      slices().matching("org.osteon.performance.(*)..").should().beFreeOfCycles();

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
