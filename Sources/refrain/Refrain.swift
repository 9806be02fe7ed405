import ArgumentParser

@main struct Refrain: AsyncParsableCommand {
    static let configuration = CommandConfiguration(subcommands: [MockProviderCommand.self])
}
