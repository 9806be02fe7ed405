import ArgumentParser

/// `refrain route …`: work on the choices of targets.
struct RouteCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "route", abstract: "Work on recorded choices of targets.",
        subcommands: [RouteExportCommand.self, RouteReplayCommand.self])
}
