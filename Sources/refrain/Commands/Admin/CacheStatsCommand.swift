import ArgumentParser
import GatewayCore
import NIOCore

/// `refrain cache stats`: how much is stored for whom.
struct CacheStatsCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "stats",
        abstract: "Show how many answers are stored for whom.",
        discussion: """
            Asks a running gateway (GET /admin/cache/stats) with admin.key. Counts the answers in its memory, from \
            which similar questions are served, and the curated ones in Redis. --partitions shows the largest \
            partitions instead of tenants and namespaces. --json prints what the gateway answered.
            """)

    @OptionGroup var options: ConfigurationOption
    @OptionGroup var gateway: GatewayAddressOption

    @Option(help: "Only this tenant.")
    var tenant: String?

    @Flag(help: "Show partitions, the largest first.")
    var partitions = false

    @Option(help: "How many partitions to show, up to 1000.")
    var limit = 100

    @Flag(help: "Print JSON.")
    var json = false

    func run() async throws {
        let client = try AdminClient(try await options.load(), url: gateway.url, path: options.config)
        let answer = try await client.ask(
            "GET", "/admin/cache/stats", query: [("tenant", tenant), ("limit", "\(limit)")])
        if json { return print(String(buffer: answer.body), terminator: "") }
        let first = partitions ? "partition" : "partitions"
        let columns = ["tenant", "namespace", first, "mirrored", "curated"]
        var table = TextTable(columns)
        for row in answer.json[partitions ? "partitions" : "tenants"]?.elements.map(\.self) ?? [] {
            table.add(columns.map { name in
                guard let value = row[name], !value.isNull else { return "?" }
                return CellText.short(value.string ?? String(buffer: value.rawText), 32)
            })
        }
        print(table)
        if let former = answer.json["former"], let remaining = former["remaining"]?.integer {
            print("found only by the encoder before, \(former["encoder"]?.string ?? "?"): \(remaining)")
        }
        if partitions, let more = answer.json["more_partitions"]?.integer, more > 0 { print("and \(more) more") }
    }
}
