import ArgumentParser
import GatewayCore
import NIOCore

/// `refrain cache list`: what is stored.
struct CacheListCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "list",
        abstract: "List stored answers, those of providers and curated ones.",
        discussion: """
            Asks a running gateway (GET /admin/cache/entries) with admin.key. Prints one page, in no order; go on with \
            the --cursor it names. A page may hold fewer than --limit though others follow: a call looks at so many \
            keys of Redis and no more. --json prints what the gateway answered.
            """)

    @OptionGroup var options: ConfigurationOption
    @OptionGroup var gateway: GatewayAddressOption

    @Option(help: "The tenant whose answers they are.")
    var tenant = "default"

    @Option(help: "Only those of a namespace.")
    var namespace: String?

    @Option(help: "Only those with a tag.")
    var tag: String?

    @Option(help: "Only those of a model, as clients ask for it.")
    var model: String?

    @Flag(help: "Only curated ones.")
    var curated = false

    @Option(help: "About how many to list, up to 1000.")
    var limit = 100

    @Option(help: "Where the page before ended.")
    var cursor: String?

    @Flag(help: "Print JSON.")
    var json = false

    func run() async throws {
        let client = try AdminClient(try await options.load(), url: gateway.url, path: options.config)
        let answer = try await client.ask(
            "GET", "/admin/cache/entries",
            query: [
                ("tenant", tenant), ("namespace", namespace), ("tag", tag), ("model", model),
                ("curated", curated ? "true" : nil), ("limit", "\(limit)"), ("cursor", cursor),
            ])
        if json { return print(String(buffer: answer.body), terminator: "") }
        var table = TextTable(["entry", "age", "expires in", "model", "curated", "question"])
        for entry in answer.json["entries"]?.elements.map(\.self) ?? [] {
            table.add([
                entry["entry"]?.string ?? "", CellText.life(entry["age_s"]?.integer),
                CellText.life(entry["expires_in_s"]?.integer), CellText.short(entry["model"]?.string, 24),
                CellText.short(entry["curated"]?.string, 24), CellText.short(entry["question"]?.string, 60),
            ])
        }
        print(table)
        if let next = answer.json["next_cursor"]?.string { print("more: --cursor \(next)") }
    }
}
