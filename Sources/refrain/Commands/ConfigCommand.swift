import ArgumentParser

/// `refrain config …`: work on configuration files.
struct ConfigCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "config", abstract: "Work on configuration files.", subcommands: [ConfigImportCommand.self])
}
