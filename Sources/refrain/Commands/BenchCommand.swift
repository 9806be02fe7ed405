import ArgumentParser

/// `refrain bench …`: how fast it is on this machine, beside what else runs on it.
struct BenchCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "bench",
        abstract: "Measure the gateway and its parts on this machine.",
        discussion: """
            Starts what it needs on free ports, Redis and nginx included, and ends it afterwards. Every figure stands \
            beside a floor of the same run. docs/performance.md tells how to read them.
            """,
        subcommands: [
            BenchAllCommand.self, BenchGatewayCommand.self, BenchRedisCommand.self, BenchEmbeddingCommand.self,
            BenchTokenizerCommand.self, BenchSearchCommand.self, BenchMirrorCommand.self, BenchImportCommand.self,
            BenchAllocationsCommand.self, BenchSoakCommand.self, BenchLimitsCommand.self, BenchPicksCommand.self,
            BenchDecisionsCommand.self,
        ])
}
