import ArgumentParser
@main struct Refrain: AsyncParsableCommand { func run() async throws {} }
