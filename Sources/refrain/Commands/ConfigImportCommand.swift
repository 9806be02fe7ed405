import ArgumentParser

/// `refrain config import …`: take over the configuration of another gateway.
struct ConfigImportCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "import", abstract: "Take over the configuration of another gateway.",
        subcommands: [ConfigImportLiteLLMCommand.self])
}
