import ArgumentParser

/// `refrain bench picks`: one of several processes that ask for room at once. For the tests; not in the list.
struct BenchPicksCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "picks", abstract: "Ask Redis for room at the same moment as other processes do.",
        shouldDisplay: false)

    @Option(help: "Where Redis is.")
    var redis: String

    @Option(help: "How many processes take part.")
    var processes = 4

    @Option(help: "Questions of this one.")
    var picks = 1_250

    @Option(help: "Requests a minute that are allowed to all.")
    var limit = 100

    func run() async throws {
        let burst = PickBurst(processes: processes, picks: picks, limit: limit)
        print(try await burst.run(url: redis))
    }
}
