import ArgumentParser

/// `refrain cache …`: work on the stored answers.
struct CacheCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "cache", abstract: "Work on the stored answers.",
        subcommands: [
            CacheImportCommand.self, CacheExportCommand.self, CacheLintCommand.self, CachePurgeCommand.self,
            CacheListCommand.self, CacheShowCommand.self, CacheNeighboursCommand.self, CacheStatsCommand.self,
            CacheCalibrateCommand.self, CacheReportCommand.self,
        ])
}
