import ArgumentParser
import GatewayCore
import NIOCore

/// `refrain cache neighbours`: what is stored near a text.
struct CacheNeighboursCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "neighbours",
        abstract: "Show the stored questions nearest to a text, and what the guard says of them.",
        discussion: """
            Asks a running gateway (POST /admin/cache/neighbours) with admin.key. The guard passes a pair, has doubts \
            (caution), or forbids it (veto), for the reasons named. A question is distracted from where one of the \
            answer's distractors is nearer. Rows that say former are found, and measured, by the encoder before the \
            present one. To see what a whole request would get, ask POST /v1/explain.
            """)

    @OptionGroup var options: ConfigurationOption
    @OptionGroup var gateway: GatewayAddressOption

    @Option(help: "The tenant whose answers they are.")
    var tenant = "default"

    @Option(help: "The namespace inside the tenant.")
    var namespace = ""

    @Option(help: "How many, up to 100.")
    var count = 10

    @Flag(help: "Print JSON.")
    var json = false

    @Argument(help: "The text.")
    var text: String

    func run() async throws {
        let client = try AdminClient(try await options.load(), url: gateway.url, path: options.config)
        let body = JSONWriter.object { json in
            json.member("text", text)
            json.member("tenant", tenant)
            json.member("namespace", namespace)
            json.member("count", count)
        }
        let answer = try await client.ask("POST", "/admin/cache/neighbours", body: body)
        if json { return print(String(buffer: answer.body), terminator: "") }
        var table = TextTable(["entry", "cosine", "guard", "model", "curated", "question"])
        for row in answer.json["neighbours"]?.elements.map(\.self) ?? [] {
            let reasons = (row["reasons"]?.elements.compactMap(\.string) ?? []).joined(separator: ",")
            var verdict = row["guard"]?.string ?? ""
            if !reasons.isEmpty { verdict += ":\(reasons)" }
            if row["distracted"]?.bool == true { verdict += " distracted" }
            if row["former"]?.bool == true { verdict += " former" }
            table.add([
                row["entry"]?.string ?? "", row["similarity"].map { String(buffer: $0.rawText) } ?? "", verdict,
                CellText.short(row["model"]?.string, 24), CellText.short(row["curated"]?.string, 24),
                CellText.short(row["question"]?.string, 60),
            ])
        }
        print(table)
    }
}
