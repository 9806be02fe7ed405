import ArgumentParser

/// The one executable.
@main
struct Refrain: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "refrain",
        abstract: "A semantic cache and router for LLM traffic.",
        discussion: """
            Point an OpenAI client at a running Refrain and nothing else changes: questions that were asked before, in \
            the same words or in others, are answered from Redis; new ones go to a provider.

            Shell completion: refrain --generate-completion-script bash|zsh|fish
            """,
        subcommands: [
            ServeCommand.self, CheckConfigCommand.self, ConfigCommand.self, CacheCommand.self, RouteCommand.self,
            EvalCommand.self,
            MockProviderCommand.self, BenchCommand.self,
        ])
}
