package org.osteon.cli.dataset;

import picocli.CommandLine.Command;

/** {@code osteon dataset …}. */
@Command(
    name = "dataset",
    description = "Looks into data sets and prepares arrays for training.",
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {
      DatasetScanCommand.class,
      DatasetLookCommand.class,
      DatasetResolutionCommand.class,
      DatasetPrepareCommand.class,
      DatasetSubsetCommand.class
    })
public final class DatasetCommand {}
